package dev.orderflow.orders;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import org.hibernate.annotations.EmbeddedColumnNaming;
import org.hibernate.annotations.ListIndexBase;

import org.springframework.data.domain.Persistable;

/**
 * An order with its lines: one aggregate, stored as a whole. Its id is assigned by the
 * application, so that the event can name it before the insert, and the order itself
 * reports whether it is new, so that no select precedes the insert.
 */
@Entity
@Table(name = "customer_order") // "order" is a reserved word of SQL.
public class Order implements Persistable<UUID> {

	/** Most lines of one order. */
	public static final int LINES_MAX = 100;

	@Id
	private UUID id;

	private String customerId;

	@Enumerated(EnumType.STRING)
	private Status status;

	@ElementCollection
	@CollectionTable(name = "order_line", joinColumns = @JoinColumn(name = "order_id"))
	@OrderColumn(name = "line_number")
	@ListIndexBase(1)
	private List<OrderLine> lines;

	private long totalCents;

	private String currency;

	@Embedded
	@EmbeddedColumnNaming("ship_to_%s")
	private ShipTo shipTo;

	private Instant placedAt;

	@Transient
	private boolean stored;

	@SuppressWarnings("NullAway.Init") // JPA fills the fields.
	protected Order() {
	}

	/**
	 * Places an order.
	 * @param lines 1 to {@value #LINES_MAX} lines
	 * @param currency ISO 4217 code of every line's price
	 * @param at when; kept to the microsecond, PostgreSQL's resolution, so that what is
	 * answered now equals what is read later
	 */
	Order(UUID id, String customerId, List<OrderLine> lines, String currency, ShipTo shipTo, Instant at) {
		if (lines.isEmpty() || lines.size() > LINES_MAX) {
			throw new IllegalArgumentException(
					"Number of lines of order %s is out of range: expected 1 to %d lines, found %d".formatted(id,
							LINES_MAX, lines.size()));
		}
		this.id = id;
		this.customerId = customerId;
		this.status = Status.PLACED;
		this.lines = List.copyOf(lines);
		this.totalCents = lines.stream().mapToLong(OrderLine::totalCents).reduce(0, Math::addExact);
		this.currency = currency;
		this.shipTo = shipTo;
		this.placedAt = at.truncatedTo(ChronoUnit.MICROS);
	}

	public UUID id() {
		return this.id;
	}

	public String customerId() {
		return this.customerId;
	}

	public Status status() {
		return this.status;
	}

	public List<OrderLine> lines() {
		return List.copyOf(this.lines);
	}

	public long totalCents() {
		return this.totalCents;
	}

	public String currency() {
		return this.currency;
	}

	public ShipTo shipTo() {
		return this.shipTo;
	}

	public Instant placedAt() {
		return this.placedAt;
	}

	@Override
	public UUID getId() {
		return this.id;
	}

	@Override
	public boolean isNew() {
		return !this.stored;
	}

	@PostLoad
	@PostPersist
	void markStored() {
		this.stored = true;
	}

	/** The state of an order; {@link Transition} says how it changes. */
	public enum Status {

		/** Accepted and stored; whether there is stock for it is not known yet. */
		PLACED,

		/** Its stock is reserved, and it will be shipped. */
		CONFIRMED,

		/** There is no stock for it. Final. */
		REJECTED,

		/** The customer asked to cancel; shipping has not answered if it is in time. */
		CANCELLING,

		/** Cancelled, and nothing is shipped. Final. */
		CANCELLED,

		/** Its parcels are with the carrier. Final. */
		SHIPPED;

		/** Whether it never changes again. */
		public boolean isFinal() {
			return switch (this) {
				case PLACED, CONFIRMED, CANCELLING -> false;
				case REJECTED, CANCELLED, SHIPPED -> true;
			};
		}

	}

}
