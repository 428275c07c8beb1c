package dev.orderflow.orders;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;

import dev.orderflow.orders.Order.Status;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Changes of status: set-based SQL, compared and set in one statement, never a merge of
 * an entity that was read before.
 */
@Repository
class OrderStatuses {

	private final JdbcClient jdbc;

	OrderStatuses(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The status of each order that exists. The rows stay locked until the transaction
	 * ends, so that the events of an order are published in the order of their
	 * transactions; locks are taken in id order, so that batches with the same orders
	 * queue up instead of deadlocking.
	 */
	Map<UUID, Status> lock(List<UUID> ids) {
		Map<UUID, Status> statuses = new HashMap<>();
		this.jdbc.sql("""
				select id, status
				from customer_order
				where id = any (:ids::uuid[])
				order by id
				for no key update""")
			.param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
			.query((row) -> {
				statuses.put(row.getObject("id", UUID.class), Status.valueOf(row.getString("status")));
			});
		return statuses;
	}

	/**
	 * Gives each order its verdict unless it has one.
	 * @return the orders that had none
	 */
	List<UUID> decide(SequencedMap<UUID, Status> verdicts) {
		return this.jdbc.sql("""
				update customer_order
				set status = verdict.status
				from unnest(:ids::uuid[], :statuses::text[]) as verdict (id, status)
				where customer_order.id = verdict.id
				and customer_order.status = 'PLACED'
				returning customer_order.id""")
			.param("ids", verdicts.sequencedKeySet().stream().map(UUID::toString).toArray(String[]::new))
			.param("statuses", verdicts.sequencedValues().stream().map(Status::name).toArray(String[]::new))
			.query((row, number) -> row.getObject("id", UUID.class))
			.list();
	}

}
