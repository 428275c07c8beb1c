package dev.orderflow.shipping;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.orderflow.events.EventType;
import dev.orderflow.events.OrderEvent;
import dev.orderflow.events.OrderPlaced;
import dev.orderflow.events.OrderPlaced.ShipTo;
import dev.orderflow.events.Topics;
import dev.orderflow.inbox.PreparingEventHandler.Effect;
import dev.orderflow.inbox.ReceivedEvent;
import dev.orderflow.outage.UnavailableException;
import dev.orderflow.shipping.Shipment.Status;
import dev.orderflow.shipping.carrier.CarrierProperties;
import dev.orderflow.shipping.carrier.TestCarrier;
import dev.orderflow.test.ConsumerGroups;
import dev.orderflow.test.consumer.ConsumerTest;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.orderflow.shipping.OrderStories.BOUND;
import static dev.orderflow.shipping.OrderStories.answers;
import static dev.orderflow.shipping.OrderStories.awaitAllRead;
import static dev.orderflow.shipping.OrderStories.cancellationRequested;
import static dev.orderflow.shipping.OrderStories.cancelled;
import static dev.orderflow.shipping.OrderStories.confirmed;
import static dev.orderflow.shipping.OrderStories.idOf;
import static dev.orderflow.shipping.OrderStories.onReplayTopic;
import static dev.orderflow.shipping.OrderStories.placed;
import static dev.orderflow.shipping.OrderStories.received;
import static dev.orderflow.shipping.OrderStories.rejected;
import static dev.orderflow.shipping.OrderStories.shipped;
import static dev.orderflow.shipping.OrderStories.write;
import static dev.orderflow.test.consumer.PlacedOrders.anOrderOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Goal: whatever the sequence in which the events of an order arrive, and however often,
 * its shipment, the published events and the carrier's bookings agree. Method: events are
 * written to the real topics, or handed to the handler as a second member of the group
 * would; then the database, the topic and the record of a real HTTP server are read.
 */
@ConsumerTest
class OrderEventsHandlerIT {

	private static final int ORDERS = 60;

	private static final int DELIVERIES_MAX = 3;

	@Autowired
	OrderEventsHandler handler;

	@Autowired
	Shipments shipments;

	@Autowired
	TestCarrier carrier;

	@Autowired
	CarrierProperties settings;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	MeterRegistry meters;

	@Autowired
	PlatformTransactionManager transactions;

	@AfterEach
	void recover() {
		this.carrier.recover();
	}

	@Test
	void anySequenceEndsInOneShipmentWithItsEventsAndBooking() throws Exception {
		long seed = Long.getLong("seed", System.nanoTime());
		System.out.println("events shuffled with -Dseed=" + seed);
		Random random = new Random(seed);
		List<Story> stories = IntStream.range(0, ORDERS).mapToObj((number) -> Story.any(random)).toList();
		this.carrier.fail(0.1, 503);

		List<ProducerRecord<byte[], byte[]>> deliveries = deliveries(stories, random);
		try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> overtaken = other.submit(() -> applyAsASecondMember(stories, random.nextLong()));
			write(deliveries);
			awaitAllRead();
			overtaken.get();
		}
		List<ProducerRecord<byte[], byte[]>> ends = stories.stream()
			.filter((story) -> story.canBeCancelled() && statusOf(story.order()) == Status.CANCELLED)
			.map((story) -> cancelled(story.order()))
			.toList();
		deliveries.addAll(ends);
		deliveries.addAll(ends);
		Collections.shuffle(deliveries, random);
		write(deliveries);
		awaitAllRead();

		await().atMost(BOUND).untilAsserted(() -> stories.forEach(this::assertAgreement));
		assertThat(stories.stream().mapToLong((story) -> deadLettersOf(story.order())).sum()).isZero();
	}

	/** Several times and shuffled, on both topics, some placements last. */
	private static List<ProducerRecord<byte[], byte[]>> deliveries(List<Story> stories, Random random) {
		List<ProducerRecord<byte[], byte[]>> deliveries = new ArrayList<>();
		List<ProducerRecord<byte[], byte[]>> last = new ArrayList<>();
		for (Story story : stories) {
			boolean placedLast = random.nextInt(3) == 0;
			for (ProducerRecord<byte[], byte[]> event : story.events()) {
				boolean late = placedLast && event == story.events().getFirst();
				for (int times = 1 + random.nextInt(DELIVERIES_MAX); times > 0; times--) {
					(late ? last : deliveries).add(random.nextInt(4) == 0 ? onReplayTopic(event) : event);
				}
			}
		}
		Collections.shuffle(deliveries, random);
		deliveries.addAll(last);
		return deliveries;
	}

	/**
	 * Prepares slices, and applies them after a while without regard to markers: worse
	 * than a member that froze.
	 */
	private void applyAsASecondMember(List<Story> stories, long seed) {
		Random random = new Random(seed);
		for (int slice = 0; slice < 40; slice++) {
			List<ReceivedEvent<OrderEvent>> events = new ArrayList<>();
			for (int number = 0; number < 5; number++) {
				Story story = stories.get(random.nextInt(stories.size()));
				events.add(received(story.events().get(random.nextInt(story.events().size()))));
			}
			try {
				Effect<OrderEvent> effect = this.handler.prepare(events);
				Thread.sleep(random.nextInt(50));
				inTransaction(() -> effect.apply(events));
			}
			catch (UnavailableException | OptimisticLockingFailureException | PessimisticLockingFailureException _) {
				// The inbox would try again; the first member does it all.
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private void assertAgreement(Story story) {
		OrderPlaced order = story.order();
		Shipment shipment = shipmentOf(order);
		assertThat(shipment.status()).as("status of %s", story).isIn(story.ends());
		List<CloudEvent> answers = answers().getOrDefault(order.orderId().toString(), List.of());
		assertThat(answers).extracting(CloudEvent::getType)
			.as("events of %s", story)
			.doesNotHaveDuplicates()
			.containsAll(answersTo(shipment.status()).toList());
		boolean dispatched = shipment.status() == Status.DISPATCHED;
		Set<String> causes = new HashSet<>(story.events().stream().map(OrderStories::idOf).toList());
		assertThat(answers).allSatisfy((answer) -> {
			assertThat(answer.getExtension("correlationid")).isEqualTo(order.orderId().toString());
			assertThat(answer.getExtension("causationid")).asString().isIn(causes);
			assertThat(answer.getType()).isIn(dispatched ? answersTo(Status.DISPATCHED).toList()
					: Stream.of(EventType.SHIPMENT_PLANNED, EventType.SHIPMENT_CANCELLED)
						.map(EventType::type)
						.toList());
		});
		TestCarrier.Record booking = this.carrier.recordOf(shipment.shipmentId());
		assertThat(booking.isBooked()).as("booking of %s: %s", story, booking).isEqualTo(dispatched);
		assertThat(shipment.trackingNumber())
			.isEqualTo(dispatched ? TestCarrier.trackingNumberOf(shipment.shipmentId()) : null);
		assertThat(shipment.parcels()).hasSize(shipment.status() == Status.CANCELLED ? 0 : 2);
	}

	private static Stream<String> answersTo(Status status) {
		Stream<EventType> types = switch (status) {
			case CONFIRMED -> Stream.empty();
			case PLANNED -> Stream.of(EventType.SHIPMENT_PLANNED);
			case DISPATCHED -> Stream.of(EventType.SHIPMENT_PLANNED, EventType.SHIPMENT_DISPATCHED);
			case CANCELLED -> Stream.of(EventType.SHIPMENT_CANCELLED);
		};
		return types.map(EventType::type);
	}

	@Test
	void eachEventNamesTheOneThatCausedIt() {
		OrderPlaced inOneBatch = anOrderOf("SKU-MUG", 12);
		OrderPlaced placedLast = anOrderOf("SKU-MUG", 12);
		ProducerRecord<byte[], byte[]> placed = placed(inOneBatch);
		ProducerRecord<byte[], byte[]> confirmed = confirmed(inOneBatch);
		ProducerRecord<byte[], byte[]> late = placed(placedLast);

		write(List.of(placed, confirmed, confirmed(placedLast)));
		awaitAllRead();
		assertThat(statusOf(placedLast)).isEqualTo(Status.CONFIRMED);
		write(List.of(late));
		awaitAllRead();

		assertThat(statusOf(inOneBatch)).isEqualTo(Status.DISPATCHED);
		assertThat(statusOf(placedLast)).isEqualTo(Status.DISPATCHED);
		await().atMost(BOUND).untilAsserted(() -> {
			assertThat(causesOf(inOneBatch)).containsExactly(idOf(placed), idOf(confirmed));
			assertThat(causesOf(placedLast)).containsExactly(idOf(late), idOf(late));
		});
	}

	private static List<Object> causesOf(OrderPlaced order) {
		return answers().getOrDefault(order.orderId().toString(), List.of())
			.stream()
			.map((answer) -> answer.getExtension("causationid"))
			.toList();
	}

	@Test
	void anOutageOfTheCarrierOnlyDelaysShipments() {
		List<OrderPlaced> orders = orders(200);
		long deadLetters = deadLetters();
		this.carrier.fail(1, 503);

		write(events(orders, OrderStories::placed));
		awaitAllRead();
		write(events(orders, OrderStories::confirmed));
		await().atMost(BOUND).untilAsserted(() -> {
			assertThat(this.meters.get("resilience4j.circuitbreaker.state").tag("state", "open").gauge().value())
				.isEqualTo(1);
			assertThat(this.meters.get("inbox.paused").gauge().value()).isEqualTo(1);
		});
		assertThat(ConsumerGroups.lag("shipping-service", Topics.ORDERS)).isPositive();
		assertThat(orders).allSatisfy((order) -> assertThat(statusOf(order)).isEqualTo(Status.PLANNED));

		this.carrier.recover();
		awaitAllRead();

		assertThat(deadLetters()).isEqualTo(deadLetters);
		assertThat(orders).allSatisfy((order) -> {
			assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED);
			assertThat(bookingOf(order).isBooked()).isTrue();
		});
		await().atMost(BOUND).untilAsserted(() -> {
			Map<String, List<CloudEvent>> answers = answers();
			assertThat(orders).allSatisfy(
					(order) -> assertThat(answers.get(order.orderId().toString())).extracting(CloudEvent::getType)
						.containsExactlyElementsOf(answersTo(Status.DISPATCHED).toList()));
		});
	}

	@Test
	void aCarrierThatFailsNowAndThenOnlyDelaysShipments() {
		List<OrderPlaced> orders = orders(400);
		write(events(orders, OrderStories::placed));
		awaitAllRead();
		this.carrier.fail(1, 503);
		write(events(orders, (order) -> onPartition(0, confirmed(order))));
		await().atMost(BOUND)
			.untilAsserted(() -> assertThat(this.meters.get("inbox.paused").gauge().value()).isEqualTo(1));
		int calls = this.carrier.calls();

		this.carrier.fail(0.2, 503);
		awaitAllRead();

		assertThat(orders).allSatisfy((order) -> assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED));
		assertThat(this.carrier.calls() - calls).as("calls").isLessThan(4 * 2 * orders.size());
	}

	private static ProducerRecord<byte[], byte[]> onPartition(int partition, ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(record.topic(), partition, record.key(), record.value(), record.headers());
	}

	@Test
	void aSlowCarrierIsCalledForSeveralShipmentsAtATime() {
		List<OrderPlaced> orders = orders(64);
		this.carrier.delay(Duration.ofMillis(200));
		write(events(orders, OrderStories::placed));
		awaitAllRead();

		write(events(orders, OrderStories::confirmed));
		awaitAllRead();

		assertThat(orders).allSatisfy((order) -> assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED));
		assertThat(this.carrier.runningMax()).as("calls at the same time").isBetween(2, this.settings.concurrency());
	}

	@Test
	void anAddressThatTheCarrierRefusesIsADefectOfItsOrderAlone() {
		List<OrderPlaced> orders = orders(50);
		OrderPlaced refused = toRefusedCountry(anOrderOf("SKU-MUG", 1));
		List<OrderPlaced> all = new ArrayList<>(orders);
		all.add(25, refused);

		write(all.stream().flatMap((order) -> Stream.of(placed(order), confirmed(order))).toList());
		awaitAllRead();

		assertThat(orders).allSatisfy((order) -> {
			assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED);
			assertThat(deadLettersOf(order)).isZero();
		});
		assertThat(statusOf(refused)).isEqualTo(Status.PLANNED);
		assertThat(deadLettersOf(refused)).isEqualTo(1);
	}

	private static OrderPlaced toRefusedCountry(OrderPlaced order) {
		return new OrderPlaced(order.orderId(), order.customerId(), order.lines(), order.totalCents(), order.currency(),
				new ShipTo("a", "b", "c", "d", TestCarrier.REFUSED_COUNTRY), order.placedAt());
	}

	@Test
	void aCrashBetweenBookingAndCommitLeadsToOneBooking() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);
		ProducerRecord<byte[], byte[]> placed = placed(order);
		ProducerRecord<byte[], byte[]> confirmed = confirmed(order);
		List<ReceivedEvent<OrderEvent>> events = List.of(received(placed), received(confirmed));

		Effect<OrderEvent> effect = this.handler.prepare(events);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> inTransaction(() -> {
			effect.apply(events);
			throw new IllegalStateException("crash");
		}));
		assertThat(this.shipments.ofOrder(order.orderId())).isEmpty();
		write(List.of(placed, confirmed));
		awaitAllRead();

		assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED);
		assertThat(bookingOf(order)).isEqualTo(new TestCarrier.Record(2, 1, false));
	}

	@Test
	void aBookingOfAShipmentThatAnotherMemberCancelledIsCancelledToo() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);
		write(List.of(placed(order)));
		awaitAllRead();
		List<ReceivedEvent<OrderEvent>> confirmation = List.of(received(confirmed(order)));
		Effect<OrderEvent> frozen = this.handler.prepare(confirmation);

		write(List.of(cancellationRequested(order)));
		awaitAllRead();
		inTransaction(() -> frozen.apply(confirmation));
		assertThat(statusOf(order)).isEqualTo(Status.CANCELLED);
		write(List.of(cancelled(order)));
		awaitAllRead();

		assertThat(bookingOf(order)).isEqualTo(new TestCarrier.Record(1, 1, true));
		this.handler.prepare(confirmation);
		assertThat(bookingOf(order).isBooked()).isFalse();
	}

	@Test
	void aShipmentThatIsDispatchedMeanwhileKeepsItsBooking() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);
		write(List.of(placed(order)));
		awaitAllRead();
		List<ReceivedEvent<OrderEvent>> confirmation = List.of(received(confirmed(order)));
		List<ReceivedEvent<OrderEvent>> request = List.of(received(cancellationRequested(order)));
		Effect<OrderEvent> frozen = this.handler.prepare(confirmation);
		Effect<OrderEvent> late = this.handler.prepare(request);

		inTransaction(() -> frozen.apply(confirmation));
		inTransaction(() -> late.apply(request));

		assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED);
		assertThat(bookingOf(order).isBooked()).isTrue();
	}

	@Test
	void aShipmentThatBecomesReadyAfterItsPreparationIsPreparedAgain() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);
		List<ReceivedEvent<OrderEvent>> placement = List.of(received(placed(order)));
		List<ReceivedEvent<OrderEvent>> confirmation = List.of(received(confirmed(order)));
		Effect<OrderEvent> plan = this.handler.prepare(placement);
		Effect<OrderEvent> confirm = this.handler.prepare(confirmation);

		inTransaction(() -> confirm.apply(confirmation));
		assertThatExceptionOfType(OptimisticLockingFailureException.class)
			.isThrownBy(() -> inTransaction(() -> plan.apply(placement)));
		inTransaction(() -> this.handler.prepare(placement).apply(placement));

		assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED);
	}

	@Test
	void aChangeWaitsForTheOneThatAnotherTransactionIsMaking() throws Exception {
		OrderPlaced stored = anOrderOf("SKU-MUG", 1);
		OrderPlaced unknown = anOrderOf("SKU-MUG", 1);
		write(List.of(placed(stored)));
		awaitAllRead();
		OrderPlaced ready = anOrderOf("SKU-MUG", 1);
		List<ReceivedEvent<OrderEvent>> first = List.of(received(confirmed(stored)), received(placed(unknown)),
				received(placed(ready)), received(confirmed(ready)));
		List<ReceivedEvent<OrderEvent>> confirmed = List.of(received(confirmed(ready)));
		List<ReceivedEvent<OrderEvent>> dispatched = List.of(received(cancellationRequested(stored)));
		List<ReceivedEvent<OrderEvent>> planned = List.of(received(cancellationRequested(unknown)));
		CountDownLatch applied = new CountDownLatch(1);
		CountDownLatch commit = new CountDownLatch(1);
		try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> member = others.submit(() -> inTransaction(() -> {
				this.handler.prepare(first).apply(first);
				applied.countDown();
				awaitThe(commit);
			}));
			awaitThe(applied);
			Future<?> late = others
				.submit(() -> inTransaction(() -> this.handler.prepare(dispatched).apply(dispatched)));
			Future<?> overtaken = others
				.submit(() -> inTransaction(() -> this.handler.prepare(planned).apply(planned)));
			Future<?> overtakenToo = others
				.submit(() -> inTransaction(() -> this.handler.prepare(confirmed).apply(confirmed)));
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> late.get(500, TimeUnit.MILLISECONDS));
			commit.countDown();
			member.get(20, TimeUnit.SECONDS);
			late.get(20, TimeUnit.SECONDS);
			assertThat(List.of(overtaken, overtakenToo))
				.allSatisfy((other) -> assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> other.get(20, TimeUnit.SECONDS))
					.withCauseInstanceOf(OptimisticLockingFailureException.class));
		}

		assertThat(statusOf(stored)).isEqualTo(Status.DISPATCHED);
		assertThat(statusOf(unknown)).isEqualTo(Status.PLANNED);
		assertThat(statusOf(ready)).isEqualTo(Status.DISPATCHED);
	}

	private static void awaitThe(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void aBookingThatTheCarrierHasCancelledIsADefectOfItsOrderAlone() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);
		OrderPlaced other = anOrderOf("SKU-MUG", 1);
		write(List.of(placed(order), placed(other)));
		awaitAllRead();
		this.carrier.cancel(Shipment.idOf(order.orderId()));

		write(List.of(confirmed(order), confirmed(other)));
		awaitAllRead();

		assertThat(statusOf(order)).isEqualTo(Status.PLANNED);
		assertThat(reasonsOf(order)).singleElement()
			.asString()
			.contains(Shipment.idOf(order.orderId()).toString(), "PLANNED");
		assertThat(statusOf(other)).isEqualTo(Status.DISPATCHED);
	}

	@Test
	void aBookingThatTheCarrierHasCancelledIsHarmlessOnceItsShipmentIsCancelled() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);
		write(List.of(placed(order)));
		awaitAllRead();
		this.carrier.cancel(Shipment.idOf(order.orderId()));
		List<ReceivedEvent<OrderEvent>> confirmation = List.of(received(confirmed(order)));
		Effect<OrderEvent> frozen = this.handler.prepare(confirmation);

		write(List.of(cancelled(order)));
		awaitAllRead();
		inTransaction(() -> frozen.apply(confirmation));

		assertThat(statusOf(order)).isEqualTo(Status.CANCELLED);
		assertThat(reasonsOf(order)).isEmpty();
	}

	@Test
	void aRestoredDatabaseReachesTheDispatchThatWasPublished() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);
		List<ProducerRecord<byte[], byte[]>> events = List.of(placed(order), confirmed(order),
				cancellationRequested(order), shipped(order));
		write(events.subList(0, 2));
		awaitAllRead();
		assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED);
		forget(order);

		List<ReceivedEvent<OrderEvent>> rewound = events.stream().map(OrderStories::received).toList();
		inTransaction(() -> this.handler.prepare(rewound).apply(rewound));

		assertThat(statusOf(order)).isEqualTo(Status.DISPATCHED);
		assertThat(bookingOf(order)).isEqualTo(new TestCarrier.Record(2, 1, false));
	}

	@Test
	void aCancelledShipmentOfAShippedOrderIsADefect() {
		OrderPlaced order = anOrderOf("SKU-MUG", 1);

		write(List.of(cancelled(order)));
		awaitAllRead();
		write(List.of(shipped(order)));
		awaitAllRead();

		assertThat(reasonsOf(order)).singleElement().asString().contains(order.orderId().toString(), "CANCELLED");
	}

	@Test
	void aShipmentOfAnEarlierReleaseIsBookedAndCancelledByTheKeyThatFollowsFromItsOrder() {
		OrderPlaced order = anOrderOf("SKU-MUG", 12);
		OrderPlaced unwanted = anOrderOf("SKU-MUG", 1);
		UUID key = Shipment.idOf(order.orderId());
		UUID id = UUID.randomUUID();
		write(List.of(placed(order), placed(unwanted)));
		awaitAllRead();
		rename(key, id);
		rename(Shipment.idOf(unwanted.orderId()), UUID.randomUUID());

		write(List.of(confirmed(order), cancellationRequested(unwanted)));
		awaitAllRead();
		write(List.of(cancelled(unwanted)));
		awaitAllRead();

		assertThat(shipmentOf(order).shipmentId()).isEqualTo(id);
		assertThat(shipmentOf(order).trackingNumber()).isEqualTo(TestCarrier.trackingNumberOf(key));
		assertThat(this.carrier.recordOf(key)).isEqualTo(new TestCarrier.Record(1, 1, false));
		assertThat(this.carrier.recordOf(Shipment.idOf(unwanted.orderId())).cancelled()).isTrue();
	}

	private void rename(UUID from, UUID to) {
		this.jdbc.sql("""
				with line as (
				  delete from parcel_line
				  where shipment_id = :from
				  returning parcel_number, sku, quantity
				), renamed as (
				  update shipment
				  set shipment_id = :to
				  where shipment_id = :from
				)
				insert into parcel_line (shipment_id, parcel_number, sku, quantity)
				select :to, parcel_number, sku, quantity
				from line""").param("from", from).param("to", to).update();
	}

	/** As if the database were restored to an earlier state. */
	private void forget(OrderPlaced order) {
		this.jdbc.sql("delete from parcel_line where shipment_id = :id")
			.param("id", shipmentOf(order).shipmentId())
			.update();
		this.jdbc.sql("delete from shipment where order_id = :id").param("id", order.orderId()).update();
	}

	private static List<OrderPlaced> orders(int count) {
		return IntStream.range(0, count).mapToObj((number) -> anOrderOf("SKU-MUG", 3)).toList();
	}

	private static List<ProducerRecord<byte[], byte[]>> events(List<OrderPlaced> orders,
			Function<OrderPlaced, ProducerRecord<byte[], byte[]>> event) {
		return orders.stream().map(event).toList();
	}

	private void inTransaction(Runnable action) {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> action.run());
	}

	private Shipment shipmentOf(OrderPlaced order) {
		return this.shipments.ofOrder(order.orderId()).orElseThrow();
	}

	private Status statusOf(OrderPlaced order) {
		return shipmentOf(order).status();
	}

	private TestCarrier.Record bookingOf(OrderPlaced order) {
		return this.carrier.recordOf(shipmentOf(order).shipmentId());
	}

	private long deadLettersOf(OrderPlaced order) {
		return reasonsOf(order).size();
	}

	/** Why its events are dead letters. */
	private List<String> reasonsOf(OrderPlaced order) {
		return this.jdbc.sql("select reason from dead_letter where message_key = :key")
			.param("key", order.orderId().toString().getBytes(StandardCharsets.UTF_8))
			.query(String.class)
			.list();
	}

	private long deadLetters() {
		return this.jdbc.sql("select count(*) from dead_letter").query(Long.class).single();
	}

	/**
	 * What happens to an order.
	 *
	 * @param events the placement first
	 * @param ends what its shipment may be in the end
	 */
	private record Story(String name, OrderPlaced order, List<ProducerRecord<byte[], byte[]>> events,
			List<Status> ends) {

		static Story any(Random random) {
			OrderPlaced order = anOrderOf("SKU-MUG", 12);
			ProducerRecord<byte[], byte[]> placed = placed(order);
			return switch (random.nextInt(6)) {
				case 0 -> new Story("placed", order, List.of(placed), List.of(Status.PLANNED));
				case 1 -> new Story("confirmed", order, List.of(placed, confirmed(order)), List.of(Status.DISPATCHED));
				case 2 -> new Story("rejected", order, List.of(placed, rejected(order)), List.of(Status.CANCELLED));
				case 3 -> new Story("cancelled", order, List.of(placed, cancelled(order)), List.of(Status.CANCELLED));
				case 4 -> new Story("shipped", order, List.of(placed, confirmed(order), shipped(order)),
						List.of(Status.DISPATCHED));
				default -> new Story("cancellation requested", order,
						List.of(placed, confirmed(order), cancellationRequested(order)),
						List.of(Status.DISPATCHED, Status.CANCELLED));
			};
		}

		boolean canBeCancelled() {
			return this.ends.size() == 2;
		}

		@Override
		public String toString() {
			return this.name + " " + this.order.orderId();
		}

	}

}
