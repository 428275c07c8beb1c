package dev.orderflow.audit;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.UUID;

import dev.orderflow.audit.ConsumerAudit.OrderCounts;
import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;

/**
 * Compares the responses to customers with topics and databases, in any environment. It
 * only reads. Its result is exact when the system is at rest ({@link #remaining} is 0 and
 * nobody places orders); while events flow, differences are normal. All ids and lines are
 * held in memory: about a kilobyte an order.
 */
public final class Reconciler {

	private static final String ORDERS_OWNER = "order-service";

	private static final String SHIPMENTS_OWNER = "shipping-service";

	private static final List<ConsumerAudit> AUDITS = ServiceLoader.load(ConsumerAudit.class)
		.stream()
		.map(ServiceLoader.Provider::get)
		.toList();

	private final Topology topology;

	private final Map<String, Database> databases;

	private final String bootstrapServers;

	private final Optional<URI> carrier;

	/** A reconciler of one environment, whose carrier keeps no record. */
	public Reconciler(Topology topology, Map<String, Database> databases, String bootstrapServers) {
		this(topology, databases, bootstrapServers, Optional.empty());
	}

	/**
	 * A reconciler of one environment.
	 * @param topology the services
	 * @param databases each service's database, by the service's name
	 * @param bootstrapServers where Kafka is
	 * @param carrier the simulated carrier, whose record is compared too
	 */
	public Reconciler(Topology topology, Map<String, Database> databases, String bootstrapServers,
			Optional<URI> carrier) {
		this.topology = topology;
		this.databases = Map.copyOf(databases);
		this.bootstrapServers = bootstrapServers;
		this.carrier = carrier;
	}

	/**
	 * Work still in flight: orders whose status is not final, outbox rows, and effects
	 * that a consumer has not stored.
	 */
	public long remaining() {
		try {
			OrderCounts orders = inDatabase(ORDERS_OWNER, Reconciler::counts);
			long remaining = orders.open();
			for (Service service : this.topology.services()) {
				remaining += inDatabase(service.name(), (database) -> Query.count(database, "outbox_event"));
			}
			for (ConsumerAudit audit : audits()) {
				remaining += Math.max(0, audit.effectsOf(orders) - inDatabase(audit.service(), audit::effects));
			}
			return remaining;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not count unprocessed events", ex);
		}
	}

	private static OrderCounts counts(Connection database) throws SQLException {
		Map<String, Long> byStatus = new HashMap<>();
		Query.forEach(database, "select status, count(*) from customer_order group by status",
				(row) -> byStatus.put(row.getString(1), row.getLong(2)));
		return new OrderCounts(byStatus);
	}

	/** The ids of all orders that are stored. */
	public Set<UUID> storedOrders() {
		try {
			return inDatabase(ORDERS_OWNER, StoredOrders::read).ids();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not read the stored orders", ex);
		}
	}

	/**
	 * Compares everything. No record may be a dead letter.
	 * @param accepted the orders that were answered with 201, when they are known
	 */
	public Reconciliation reconcile(Optional<Set<UUID>> accepted) {
		return reconcile(accepted, Set.of());
	}

	/**
	 * Compares everything.
	 * @param accepted the orders that were answered with 201, when they are known
	 * @param poison records that no consumer can process: these, and no others, must be
	 * dead letters
	 */
	public Reconciliation reconcile(Optional<Set<UUID>> accepted, Set<RecordOrigin> poison) {
		try {
			StoredOrders orders = inDatabase(ORDERS_OWNER, StoredOrders::read);
			List<Check> checks = new ArrayList<>();
			accepted.ifPresent(
					(ids) -> checks.add(Check.sameMembers("orders stored, of those accepted", ids, orders.ids())));
			PublishedOrders published = PublishedOrders.read(this.bootstrapServers);
			checks.addAll(published.check(orders));
			checks.add(inDatabase(ORDERS_OWNER, published::checkSequence));
			for (ConsumerAudit audit : audits()) {
				checks.addAll(inDatabase(audit.service(), (database) -> audit.check(orders, database)));
			}
			if (this.carrier.isPresent() && this.databases.containsKey(SHIPMENTS_OWNER)) {
				BookingRecord bookings = BookingRecord.read(this.carrier.get());
				checks.addAll(inDatabase(SHIPMENTS_OWNER, (database) -> BookingsAudit.check(database, bookings)));
			}
			for (Service service : this.topology.services()) {
				checks.addAll(nothingLeft(service, poison));
			}
			return new Reconciliation(checks);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not read the databases and topics", ex);
		}
	}

	private List<Check> nothingLeft(Service service, Set<RecordOrigin> poison) throws SQLException {
		List<Check> checks = new ArrayList<>();
		checks.add(Check.equal("outbox rows of " + service.name(), 0L,
				inDatabase(service.name(), (database) -> Query.count(database, "outbox_event"))));
		DeadLetterAudit letters = new DeadLetterAudit(service, poison);
		if (!service.consumes().isEmpty()) {
			checks.add(inDatabase(service.name(), letters::table));
		}
		for (String topic : service.consumes()) {
			checks.add(letters.topic(this.bootstrapServers, topic));
		}
		return checks;
	}

	private List<ConsumerAudit> audits() {
		return AUDITS.stream().filter((audit) -> this.databases.containsKey(audit.service())).toList();
	}

	/* One snapshot for all that is read from a database. */
	private <T> T inDatabase(String service, Reading<T> reading) throws SQLException {
		Database database = this.databases.get(service);
		if (database == null) {
			throw new IllegalArgumentException(
					"No database of %s: found those of %s".formatted(service, this.databases.keySet()));
		}
		try (Connection connection = database.connect()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			T result = reading.read(connection);
			connection.commit();
			return result;
		}
	}

	@FunctionalInterface
	private interface Reading<T> {

		T read(Connection database) throws SQLException;

	}

}
