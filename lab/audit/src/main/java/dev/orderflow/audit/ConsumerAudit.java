package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one consumer's database must contain for the stored orders. Each consumer with
 * effects on orders has one audit, found through {@link java.util.ServiceLoader}.
 */
interface ConsumerAudit {

	/** The service whose database it reads. */
	String service();

	/** Number of effects that the consumer has stored; tells whether it is done. */
	long effects(Connection database) throws SQLException;

	/** Number of effects that it stores for these orders: one for each, by default. */
	default long effectsOf(OrderCounts orders) {
		return orders.all();
	}

	/** Compares the consumer's tables with the orders. */
	List<Check> check(StoredOrders orders, Connection database) throws SQLException;

	/** How many orders are stored, by status. */
	record OrderCounts(Map<String, Long> byStatus) {

		long all() {
			return this.byStatus.values().stream().mapToLong(Long::longValue).sum();
		}

		/** Those whose status changes again. */
		long open() {
			return of(StoredOrders.PLACED, StoredOrders.CONFIRMED, StoredOrders.CANCELLING);
		}

		/** Those that have one of the statuses. */
		long of(String... statuses) {
			return Arrays.stream(statuses).mapToLong((status) -> this.byStatus.getOrDefault(status, 0L)).sum();
		}

	}

}
