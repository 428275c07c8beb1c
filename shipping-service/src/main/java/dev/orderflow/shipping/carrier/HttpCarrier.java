package dev.orderflow.shipping.carrier;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import dev.orderflow.outage.UnavailableException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

import org.springframework.core.retry.RetryTemplate;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The carrier's HTTP API. Each try of a call passes the circuit breaker; a failure that
 * may pass is tried again.
 *
 * <p>
 * Only a status that is about the request's content makes it a refusal. Everything else
 * (no answer, one that cannot be read, a wrong address or credentials) says nothing about
 * the shipment, and makes the carrier unavailable.
 */
final class HttpCarrier implements Carrier {

	private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

	private static final Set<Integer> GONE = Set.of(404, 410);

	private static final Set<Integer> OVERLOAD = Set.of(408, 429);

	private static final int CONFLICT = 409;

	private static final int TEXT_LENGTH_MAX = 100;

	private final RestClient http;

	private final RetryTemplate retries;

	private final CircuitBreaker breaker;

	HttpCarrier(RestClient http, RetryTemplate retries, CircuitBreaker breaker) {
		this.http = http;
		this.retries = retries;
		this.breaker = breaker;
	}

	@Override
	public List<Offer> quote(Consignment consignment) {
		return call("quote", consignment.shipmentId(),
				() -> present(this.http.post()
					.uri("/quotes")
					.contentType(MediaType.APPLICATION_JSON)
					.body(new QuoteRequest(consignment.address().country(), consignment.parcels()))
					.retrieve()
					.body(Quote.class)).checked());
	}

	@Override
	public Optional<Booking> book(Consignment consignment, String service) {
		return call("book", consignment.shipmentId(), () -> {
			try {
				return Optional.of(present(this.http.put()
					.uri("/bookings/{shipmentId}", consignment.shipmentId())
					.contentType(MediaType.APPLICATION_JSON)
					.body(new BookingRequest(service, consignment.address(), consignment.parcels()))
					.retrieve()
					.body(BookingAnswer.class)).of(consignment.shipmentId()));
			}
			catch (StatusException ex) {
				if (ex.status() == CONFLICT) {
					return Optional.empty();
				}
				throw ex;
			}
		});
	}

	private static <T> T present(@Nullable T body) {
		if (body == null) {
			throw unreadable("its content");
		}
		return body;
	}

	@Override
	public void cancel(UUID shipmentId) {
		call("cancel", shipmentId, () -> {
			try {
				return this.http.delete().uri("/bookings/{shipmentId}", shipmentId).retrieve().toBodilessEntity();
			}
			catch (StatusException ex) {
				if (GONE.contains(ex.status())) {
					return ResponseEntity.noContent().build();
				}
				throw (ex.status() == CONFLICT) ? refused("cancel", shipmentId, ex) : ex;
			}
		});
	}

	private <T> T call(String operation, UUID shipmentId, Supplier<T> request) {
		try {
			return this.retries.invoke(() -> this.breaker.executeSupplier(request));
		}
		catch (StatusException ex) {
			if (REFUSALS.contains(ex.status())) {
				throw refused(operation, shipmentId, ex);
			}
			throw unavailable(operation, shipmentId, "status " + ex.status(), ex);
		}
		catch (CallNotPermittedException ex) {
			throw unavailable(operation, shipmentId, "circuit breaker open", ex);
		}
		catch (RestClientException ex) {
			throw unavailable(operation, shipmentId, "no answer that can be read", ex);
		}
	}

	/** Without its cause: a dead letter has the message of the innermost one. */
	private static IllegalArgumentException refused(String operation, UUID shipmentId, StatusException ex) {
		return new IllegalArgumentException(
				"The carrier refused to %s shipment %s: status %d".formatted(operation, shipmentId, ex.status()));
	}

	private static UnavailableException unavailable(String operation, UUID shipmentId, String found,
			RuntimeException ex) {
		return new UnavailableException(
				"The carrier did not %s shipment %s: %s".formatted(operation, shipmentId, found), ex);
	}

	/** Whether the same call may succeed a moment later. */
	static boolean mayPass(Throwable failure) {
		if (failure instanceof StatusException answer) {
			return answer.status() >= 500 || OVERLOAD.contains(answer.status());
		}
		return failure instanceof RestClientException;
	}

	private static RestClientException unreadable(String expected) {
		return new RestClientException("Expected an answer with " + expected);
	}

	/** A text that can be stored and printed. */
	private static String text(@Nullable String text, String field) {
		if (text == null || text.isBlank() || text.length() > TEXT_LENGTH_MAX
				|| !text.codePoints().allMatch(HttpCarrier::isPrintable)) {
			throw unreadable(field + " of 1 to " + TEXT_LENGTH_MAX + " characters");
		}
		return text;
	}

	private static boolean isPrintable(int codePoint) {
		return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
	}

	private record QuoteRequest(String country, List<Consignment.Parcel> parcels) {
	}

	private record Quote(@Nullable List<@Nullable OfferAnswer> offers) {

		List<Offer> checked() {
			List<Offer> checked = present(this.offers).stream().map((offer) -> present(offer).checked()).toList();
			if (checked.stream().map(Offer::currency).distinct().count() > 1) {
				throw unreadable("one currency");
			}
			return checked;
		}

	}

	private record OfferAnswer(@Nullable String service, int priceCents, @Nullable String currency) {

		Offer checked() {
			if (this.priceCents < 0) {
				throw unreadable("prices of 0 or more");
			}
			return new Offer(text(this.service, "a service"), this.priceCents, text(this.currency, "a currency"));
		}

	}

	private record BookingRequest(String service, Address address, List<Consignment.Parcel> parcels) {
	}

	private record BookingAnswer(@Nullable UUID shipmentId, @Nullable String carrier, @Nullable String trackingNumber) {

		Booking of(UUID asked) {
			if (!asked.equals(this.shipmentId)) {
				throw unreadable("the shipment that was asked for");
			}
			return new Booking(text(this.carrier, "a carrier"), text(this.trackingNumber, "a tracking number"));
		}

	}

}
