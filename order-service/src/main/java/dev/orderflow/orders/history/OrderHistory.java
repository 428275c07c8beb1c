package dev.orderflow.orders.history;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.orderflow.orders.history.Happening.Published;
import dev.orderflow.orders.history.Happening.Received;
import dev.orderflow.outbox.Outbox;
import dev.orderflow.outbox.OutgoingEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.IllegalTransactionStateException;

/**
 * Everything that happened to an order, each event kept as it is on its topic. An event
 * of this service is appended to the outbox and kept in the transaction of the change
 * that it describes: every event on the topic can be read here, with identical attributes
 * and bytes, and a crash leaves both or neither. The outbox row is deleted once it is
 * published; the kept event stays. An event of another service is kept in the transaction
 * that handles it.
 */
@Repository
public class OrderHistory {

	/** The most events that are listed; an order has a handful. */
	private static final int EVENTS_MAX = 100;

	private static final int INSERT_BATCH_SIZE = 500;

	private static final String INSERT = """
			insert into order_event (order_id, event_id, type, source, at, causation_id, detail, attributes, data)
			values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)""";

	private final JdbcTemplate inserts;

	private final JdbcClient jdbc;

	private final Outbox outbox;

	private final JsonFormat attributes = new JsonFormat();

	OrderHistory(JdbcTemplate jdbc, Outbox outbox) {
		this.inserts = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.outbox = outbox;
	}

	/**
	 * Publishes an event of the order and keeps it.
	 * @param orderId an order whose row the running transaction has inserted or locked
	 * @param detail the result, in a few words, for the timeline
	 * @return the event's id
	 * @throws IllegalTransactionStateException outside a transaction
	 */
	public String publish(UUID orderId, OutgoingEvent outgoing, String detail) {
		return record(List.of(new Published(orderId, outgoing, detail))).getFirst().getId();
	}

	/**
	 * Publishes the events among them that are this service's, and keeps all, in their
	 * sequence.
	 * @return the events, in the same sequence
	 * @throws IllegalTransactionStateException outside a transaction
	 */
	public List<CloudEvent> record(List<Happening> happenings) {
		Iterator<CloudEvent> published = this.outbox
			.appendAll(happenings.stream().flatMap(OrderHistory::outgoing).toList())
			.iterator();
		List<Kept> kept = happenings.stream().map((happening) -> new Kept(happening, switch (happening) {
			case Published _ -> published.next();
			case Received(UUID _, CloudEvent event, String _) -> event;
		})).toList();
		this.inserts.batchUpdate(INSERT, kept, INSERT_BATCH_SIZE, this::bind);
		return kept.stream().map(Kept::event).toList();
	}

	private static Stream<OutgoingEvent> outgoing(Happening happening) {
		return (happening instanceof Published published) ? Stream.of(published.event()) : Stream.empty();
	}

	private void bind(PreparedStatement insert, Kept kept) throws SQLException {
		CloudEvent event = kept.event();
		Object cause = event.getExtension("causationid");
		insert.setObject(1, kept.happening().orderId());
		insert.setObject(2, UUID.fromString(event.getId()));
		insert.setString(3, event.getType());
		insert.setString(4, event.getSource().toString());
		insert.setObject(5, event.getTime());
		insert.setString(6, (cause != null) ? cause.toString() : null);
		insert.setString(7, kept.happening().detail());
		insert.setString(8, attributesOf(event));
		insert.setBytes(9, Objects.requireNonNull(event.getData()).toBytes());
	}

	/**
	 * The order's events, oldest first; empty only if there is no such order, because its
	 * first event is stored with it.
	 */
	public List<TimelineEntry> timeline(UUID orderId) {
		return this.jdbc.sql("""
				select at, type, event_id, source, detail
				from order_event
				where order_id = :orderId
				order by position
				limit :limit
				""")
			.param("orderId", orderId)
			.param("limit", EVENTS_MAX)
			.query((row, number) -> new TimelineEntry(row.getObject("at", OffsetDateTime.class).toInstant(),
					row.getString("type"), row.getObject("event_id", UUID.class), URI.create(row.getString("source")),
					row.getString("detail")))
			.list();
	}

	/** The event as it was published. */
	public Optional<CloudEvent> find(UUID orderId, UUID eventId) {
		return this.jdbc.sql("""
				select attributes, data
				from order_event
				where order_id = :orderId
				  and event_id = :eventId
				""").param("orderId", orderId).param("eventId", eventId).query(this::event).optional();
	}

	private CloudEvent event(ResultSet row, int number) throws SQLException {
		CloudEvent withoutData = this.attributes
			.deserialize(row.getString("attributes").getBytes(StandardCharsets.UTF_8));
		return CloudEventBuilder.from(withoutData).withData(row.getBytes("data")).build();
	}

	/**
	 * In CloudEvents' JSON format, without the data, whose bytes must stay as they are.
	 */
	private String attributesOf(CloudEvent event) {
		CloudEvent withoutData = CloudEventBuilder.from(event).withoutData().build();
		return new String(this.attributes.serialize(withoutData), StandardCharsets.UTF_8);
	}

	private record Kept(Happening happening, CloudEvent event) {

	}

}
