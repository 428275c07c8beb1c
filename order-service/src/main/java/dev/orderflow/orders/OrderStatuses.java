package dev.orderflow.orders;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

import dev.orderflow.orders.Order.Status;

import org.springframework.dao.IncorrectUpdateSemanticsDataAccessException;
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
				for no key update""").param("ids", texts(ids, UUID::toString)).query((row) -> {
			statuses.put(row.getObject("id", UUID.class), Status.valueOf(row.getString("status")));
		});
		return statuses;
	}

	/**
	 * Sets the status of orders, each compared with the one under which it was locked.
	 * @param locked the status of each order, as {@link #lock} returned it
	 * @param reached the new status of those that change
	 * @throws IncorrectUpdateSemanticsDataAccessException if one has another status,
	 * which its lock prevents
	 */
	void change(Map<UUID, Status> locked, Map<UUID, Status> reached) {
		List<UUID> ids = List.copyOf(reached.keySet());
		int changed = this.jdbc.sql("""
				update customer_order
				set status = change.reached
				from unnest(:ids::uuid[], :locked::text[], :reached::text[]) as change (id, locked, reached)
				where customer_order.id = change.id
				and customer_order.status = change.locked""")
			.param("ids", texts(ids, UUID::toString))
			.param("locked", texts(ids, (id) -> Objects.requireNonNull(locked.get(id)).name()))
			.param("reached", texts(ids, (id) -> Objects.requireNonNull(reached.get(id)).name()))
			.update();
		if (changed != ids.size()) {
			throw new IncorrectUpdateSemanticsDataAccessException(
					"Statuses changed under their locks: expected to change %d of %s, changed %d".formatted(ids.size(),
							ids, changed));
		}
	}

	private static String[] texts(List<UUID> ids, Function<UUID, String> text) {
		return ids.stream().map(text).toArray(String[]::new);
	}

}
