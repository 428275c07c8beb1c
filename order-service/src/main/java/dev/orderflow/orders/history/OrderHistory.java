package dev.orderflow.orders.history;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.orderflow.outbox.Outbox;
import dev.orderflow.outbox.OutgoingEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.IllegalTransactionStateException;

/**
 * Everything that happened to an order, kept as it was published. An event is appended to
 * the outbox and kept in the transaction of the change that it describes: every event on
 * the topic can be read here, with identical attributes and bytes, and a crash leaves
 * both or neither. The outbox row is deleted once it is published; the kept event stays.
 */
@Repository
public class OrderHistory {

	/** The most events that are listed; an order has a handful. */
	private static final int EVENTS_MAX = 100;

	private final JdbcClient jdbc;

	private final Outbox outbox;

	private final JsonFormat attributes = new JsonFormat();

	OrderHistory(JdbcClient jdbc, Outbox outbox) {
		this.jdbc = jdbc;
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
		CloudEvent event = this.outbox.append(outgoing);
		this.jdbc.sql("""
				insert into order_event (order_id, event_id, type, source, at, causation_id, detail, attributes, data)
				values (:orderId, :eventId, :type, :source, :at, :causationId, :detail, :attributes::jsonb, :data)
				""")
			.param("orderId", orderId)
			.param("eventId", UUID.fromString(event.getId()))
			.param("type", event.getType())
			.param("source", event.getSource().toString())
			.param("at", event.getTime())
			.param("causationId", outgoing.causationId())
			.param("detail", detail)
			.param("attributes", attributesOf(event))
			.param("data", Objects.requireNonNull(event.getData()).toBytes())
			.update();
		return event.getId();
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

}
