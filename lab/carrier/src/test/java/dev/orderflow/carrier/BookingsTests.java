package dev.orderflow.carrier;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.orderflow.carrier.Booking.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BookingsTests {

	private static final UUID SHIPMENT = UUID.fromString("00000000-0000-5000-8000-000000000001");

	/* A daemon, because a map without its lock may keep a caller for ever. */
	private static final Executor CALLER = (task) -> Thread.ofPlatform().daemon().start(task);

	private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

	private final Bookings bookings = new Bookings(this.clock);

	@Test
	void booksAShipmentOnceHoweverOftenItIsCalled() {
		Booking first = this.bookings.book(SHIPMENT, Service.STANDARD).orElseThrow();
		Booking again = this.bookings.book(SHIPMENT, Service.EXPRESS).orElseThrow();

		assertThat(again)
			.isEqualTo(new Booking(SHIPMENT, Status.BOOKED, first.trackingNumber(), Service.STANDARD, 2, 1, 0));
	}

	@Test
	void booksAndCountsOnceUnderParallelCalls() throws Exception {
		List<UUID> shipments = Stream.generate(UUID::randomUUID).limit(20_000).toList();
		List<CompletableFuture<Void>> calls = Stream
			.generate(() -> CompletableFuture.runAsync(
					() -> shipments.forEach((shipment) -> this.bookings.book(shipment, Service.STANDARD)), CALLER))
			.limit(4)
			.toList();
		CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

		assertThat(this.bookings.page(null, 20_001)).hasSize(20_000)
			.allMatch((booking) -> booking.bookCalls() == 4 && booking.bookings() == 1)
			.extracting(Booking::trackingNumber)
			.doesNotHaveDuplicates();
	}

	@Test
	void keepsACancelledShipmentCancelled() {
		String trackingNumber = this.bookings.book(SHIPMENT, Service.STANDARD).orElseThrow().trackingNumber();
		this.bookings.cancel(SHIPMENT);
		this.bookings.cancel(SHIPMENT);

		assertThat(this.bookings.book(SHIPMENT, Service.STANDARD))
			.contains(new Booking(SHIPMENT, Status.CANCELLED, trackingNumber, Service.STANDARD, 2, 1, 2));
	}

	@Test
	void refusesABookingAfterItsCancellation() {
		this.bookings.cancel(SHIPMENT);

		assertThat(this.bookings.book(SHIPMENT, Service.STANDARD))
			.contains(new Booking(SHIPMENT, Status.CANCELLED, null, null, 1, 0, 1));
	}

	@Test
	void givesEachShipmentATrackingNumberOfItsOwn() {
		Set<String> numbers = new HashSet<>();
		for (int shipment = 0; shipment < 100; shipment++) {
			numbers.add(this.bookings.book(UUID.randomUUID(), Service.STANDARD).orElseThrow().trackingNumber());
		}
		Clock later = Clock.fixed(this.clock.instant().plusSeconds(1), ZoneOffset.UTC);
		numbers.add(new Bookings(later).book(SHIPMENT, Service.STANDARD).orElseThrow().trackingNumber());

		assertThat(numbers).hasSize(101);
	}

	@Test
	void refusesNewShipmentsWhenItIsFullAndKnowsTheOthers() {
		Bookings two = new Bookings(this.clock, 2);
		two.book(SHIPMENT, Service.STANDARD);
		two.cancel(UUID.randomUUID());

		assertThat(two.book(UUID.randomUUID(), Service.STANDARD)).isEmpty();
		assertThat(two.cancel(UUID.randomUUID())).isEmpty();
		assertThat(two.book(SHIPMENT, Service.STANDARD)).isPresent();
		assertThat(two.page(null, 10)).hasSize(2);
	}

	@Test
	void pagesThroughAllShipmentsInTheOrderOfTheirTexts() {
		for (String start : List.of("f", "0", "8", "7", "a")) {
			this.bookings.cancel(UUID.fromString(start + "0000000-0000-5000-8000-000000000000"));
			this.bookings.cancel(UUID.fromString(start + "0000000-0000-5000-f000-000000000000"));
		}
		List<String> found = new ArrayList<>();
		List<Booking> page = this.bookings.page(null, 3);
		while (!page.isEmpty()) {
			assertThat(page).hasSizeLessThanOrEqualTo(3);
			page.forEach((booking) -> found.add(booking.shipmentId().toString()));
			page = this.bookings.page(page.getLast().shipmentId(), 3);
		}

		assertThat(found).hasSize(10).isSorted();
	}

}
