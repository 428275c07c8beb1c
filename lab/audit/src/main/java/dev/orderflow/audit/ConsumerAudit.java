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

	/** Number of orders that the consumer has handled; tells whether it is done. */
	long handledOrders(Connection database) throws SQLException;

	/** Compares the consumer's tables with the orders. */
	List<Check> check(StoredOrders orders, Connection database) throws SQLException;

}
