package dev.orderflow.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What one consumer's database must say about the stored orders. Each consumer with
 * effects on orders has one, found through {@link java.util.ServiceLoader}.
 */
interface ConsumerAudit {

	/** The service whose database it reads. */
	String service();

	/** How many orders the consumer has dealt with, to see whether it is done. */
	long handledOrders(Connection database) throws SQLException;

	/** Compares the consumer's tables with the orders. */
	List<Check> check(StoredOrders orders, Connection database) throws SQLException;

}
