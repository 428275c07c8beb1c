package dev.orderflow.orders;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.repository.Repository;

/** The orders of the database. */
public interface Orders extends Repository<Order, UUID> {

	/** Inserts the order and its lines now, not at commit. */
	Order saveAndFlush(Order order);

	/** The order with its lines, in one select. */
	@EntityGraph(attributePaths = "lines")
	Optional<Order> findById(UUID id);

	/** The orders with their lines, in one select, in no order. */
	@EntityGraph(attributePaths = "lines")
	List<Order> findByIdIn(Collection<UUID> ids);

}
