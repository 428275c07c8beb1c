package dev.orderflow.shipping.carrier;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.orderflow.outage.UnavailableException;
import dev.orderflow.settings.Backoff;
import dev.orderflow.shipping.carrier.Carrier.Booking;
import dev.orderflow.shipping.carrier.Carrier.Offer;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.assertj.core.util.Throwables;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Goal: each failure of the carrier is either an outage or a defect of one shipment, and
 * an outage is not hammered. Method: a real HTTP server that answers, fails and delays as
 * the test requests; its calls are counted.
 */
class HttpCarrierIT {

	private static final int ATTEMPTS = 3;

	private static final String LONG = "L".repeat(101);

	private final Consignment consignment = to("GB");

	private TestCarrier server;

	private Carrier carrier;

	@BeforeEach
	void start() throws IOException {
		this.server = new TestCarrier();
		this.carrier = carrier(this.server.url(), 1000);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static Carrier carrier(URI url, int breakerCalls) {
		CarrierProperties settings = settings(url, breakerCalls);
		CarrierConfiguration configuration = new CarrierConfiguration();
		return configuration.carrier(settings, configuration.breakers(settings));
	}

	private static CarrierProperties settings(URI url, int breakerCalls) {
		return new CarrierProperties(url, Duration.ofMillis(500), Duration.ofMillis(500), ATTEMPTS,
				new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), 1,
				new CarrierProperties.Breaker(50, breakerCalls, Duration.ofMillis(300)));
	}

	private static Consignment to(String country) {
		return new Consignment(UUID.randomUUID(), new Address("Ada", "12 Square", "London", "SW1Y", country),
				List.of(new Consignment.Parcel(1, 10), new Consignment.Parcel(2, 3)));
	}

	@Test
	void quotesBooksAndCancels() {
		UUID shipmentId = this.consignment.shipmentId();
		Booking booking = new Booking("Brisk Parcels", TestCarrier.trackingNumberOf(shipmentId));

		assertThat(this.carrier.quote(this.consignment)).containsExactly(new Offer("EXPRESS", 1290, "EUR"),
				new Offer("STANDARD", 590, "EUR"));
		assertThat(this.carrier.book(this.consignment, "STANDARD")).contains(booking);
		assertThat(this.carrier.book(this.consignment, "STANDARD")).as("repeated").contains(booking);
		this.carrier.cancel(shipmentId);
		assertThat(this.carrier.book(this.consignment, "STANDARD")).as("after its cancellation").isEmpty();

		assertThat(this.server.recordOf(shipmentId)).isEqualTo(new TestCarrier.Record(3, 1, true));
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 429 })
	void triesAnOutageAgainAndReportsIt(int status) {
		this.server.fail(1, status);

		assertUnavailable();

		assertThat(this.server.calls()).isEqualTo(ATTEMPTS);
	}

	@Test
	void reportsACarrierThatIsTooSlow() {
		this.server.delay(Duration.ofMillis(1500));

		assertUnavailable();
	}

	@Test
	void reportsACarrierThatIsNotThere() {
		this.server.close();

		assertUnavailable();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 302 })
	void reportsAnAnswerThatCannotBeRead(int status) {
		this.server.fail(1, status);

		assertUnavailable();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{}", """
			{"carrier": "Brisk Parcels", "trackingNumber": "BP1"}""",
			"""
					{"shipmentId": "00000000-0000-0000-0000-000000000001", "carrier": "Brisk Parcels", "trackingNumber": "BP1"}""",
			"""
					{"shipmentId": "%s", "trackingNumber": "BP1"}""", """
					{"shipmentId": "%s", "carrier": " ", "trackingNumber": "BP1"}""", """
					{"shipmentId": "%s", "carrier": "Brisk Parcels", "trackingNumber": "BP\\u00001"}""", """
					{"shipmentId": "%s", "carrier": "Brisk Parcels", "trackingNumber": "BP\\ud8001"}""", """
					{"shipmentId": "%s", "carrier": "Brisk Parcels", "trackingNumber": "LONG"}""" })
	void reportsABookingThatCannotBeStored(String answer) {
		this.server.answer(200, answer.replace("%s", this.consignment.shipmentId().toString()).replace("LONG", LONG));

		assertUnavailable();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{}", """
			{"offers": null}""", """
			{"offers": [null]}""", """
			{"offers": [{"priceCents": 1, "currency": "EUR"}]}""", """
			{"offers": [{"service": "LONG", "priceCents": 1, "currency": "EUR"}]}""", """
			{"offers": [{"service": "STANDARD", "currency": "EUR"}]}""", """
			{"offers": [{"service": "STANDARD", "priceCents": -1, "currency": "EUR"}]}""", """
			{"offers": [{"service": "STANDARD", "priceCents": 1}]}""", """
			{"offers": [{"service": "STANDARD", "priceCents": 1, "currency": "EUR"},
			  {"service": "EXPRESS", "priceCents": 2, "currency": "USD"}]}""" })
	void reportsAQuoteThatCannotBeCompared(String answer) {
		this.server.answer(200, answer.replace("LONG", LONG));

		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.carrier.quote(this.consignment));
	}

	@Test
	void reportsAnAnswerWithoutABody() {
		this.server.answer(204, "");

		assertUnavailable();
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 401, 503 })
	void doesNotRepeatTheTextOfAnAnswerWithAnError(int status) {
		this.server.answer(status, "{\"detail\": \"12 Square, London\"}");

		assertUnavailable().satisfies((ex) -> assertThat(ex).hasStackTraceContaining("status " + status)
			.extracting(Throwables::getStackTrace, InstanceOfAssertFactories.STRING)
			.doesNotContain("London"));
	}

	@Test
	void aRedirectCancelsNothing() {
		this.server.fail(1, 302);

		assertThatExceptionOfType(UnavailableException.class)
			.isThrownBy(() -> this.carrier.cancel(this.consignment.shipmentId()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 404, 410 })
	void aBookingThatIsGoneIsCancelled(int status) {
		this.server.fail(1, status);

		assertThatNoException().isThrownBy(() -> this.carrier.cancel(this.consignment.shipmentId()));

		assertThat(this.server.calls()).isEqualTo(1);
	}

	@Test
	void reportsAQuoteThatConflictsAsAnOutage() {
		this.server.fail(1, 409);

		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.carrier.quote(this.consignment));
	}

	@Test
	void aCancellationThatTheCarrierRefusesIsADefectThatIsTriedOnce() {
		this.server.fail(1, 409);

		assertThatIllegalArgumentException().isThrownBy(() -> this.carrier.cancel(this.consignment.shipmentId()))
			.withMessageContainingAll("status 409", this.consignment.shipmentId().toString())
			.withNoCause();

		assertThat(this.server.calls()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 404, 405 })
	void reportsASettingThatIsWrongAsAnOutage(int status) {
		this.server.fail(1, status);

		assertUnavailable();

		assertThat(this.server.calls()).isEqualTo(1);
	}

	@Test
	void aRefusedConsignmentIsADefectThatIsTriedOnceAndNamesNoAddress() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.carrier.quote(to(TestCarrier.REFUSED_COUNTRY)))
			.withMessageContainingAll("status 400", "shipment")
			.withMessageNotContaining("London")
			.withNoCause();

		assertThat(this.server.calls()).isEqualTo(1);
	}

	@Test
	void anOpenBreakerLetsNoCallThroughUntilOneProbeSucceeds() {
		this.carrier = carrier(this.server.url(), 2 * ATTEMPTS);
		this.server.fail(1, 503);
		assertUnavailable();
		assertUnavailable();
		int calls = this.server.calls();

		assertUnavailable().withCauseInstanceOf(CallNotPermittedException.class);
		assertThat(this.server.calls()).as("calls while it is open").isEqualTo(calls);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertUnavailable().withCauseInstanceOf(CallNotPermittedException.class)
				.satisfies((ex) -> assertThat(this.server.calls()).as("with a probe").isEqualTo(calls + 1)));

		this.server.recover();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.ignoreExceptionsInstanceOf(UnavailableException.class)
			.until(() -> this.carrier.book(this.consignment, "STANDARD").isPresent());
		assertThat(this.carrier.book(this.consignment, "STANDARD")).isPresent();
	}

	@Test
	void aProbeThatEndsWithAnErrorIsFollowedByAnotherOne() {
		CircuitBreaker breaker = new CarrierConfiguration().breakers(settings(this.server.url(), 2))
			.circuitBreaker("carrier");
		breaker.transitionToOpenState();
		breaker.transitionToHalfOpenState();
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> breaker.executeRunnable(() -> {
			throw new StackOverflowError();
		}));
		assertThat(breaker.tryAcquirePermission()).isFalse();

		Awaitility.await().atMost(Duration.ofSeconds(20)).until(breaker::tryAcquirePermission);
	}

	@Test
	void refusalsDoNotOpenTheBreaker() {
		this.carrier = carrier(this.server.url(), 2);
		for (int time = 0; time < 5; time++) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.carrier.quote(to(TestCarrier.REFUSED_COUNTRY)));
		}

		assertThat(this.carrier.quote(this.consignment)).isNotEmpty();
	}

	private ThrowableAssertAlternative<UnavailableException> assertUnavailable() {
		return assertThatExceptionOfType(UnavailableException.class)
			.isThrownBy(() -> this.carrier.book(this.consignment, "STANDARD"));
	}

}
