package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

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

	/** How many orders are stored, and how many of them have each verdict. */
	record OrderCounts(long all, long confirmed, long rejected) {

		long undecided() {
			return this.all - this.confirmed - this.rejected;
		}

	}

}
