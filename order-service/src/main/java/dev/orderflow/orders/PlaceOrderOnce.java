package dev.orderflow.orders;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.orders.Placement.KeyInFlight;
import dev.orderflow.orders.Placement.KeyOfAnotherRequest;
import dev.orderflow.orders.Placement.Placed;
import dev.orderflow.orders.Placement.PlacedBefore;
import dev.orderflow.orders.idempotency.Claim;
import dev.orderflow.orders.idempotency.IdempotencyKey;
import dev.orderflow.orders.idempotency.IdempotencyKeys;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places an order once, however often the customer sends the same key: the key and the
 * answer are stored in the transaction of the order. A crash before the commit leaves the
 * key free; after it, the next request with the key gets the answer that was lost.
 *
 * <p>
 * Two requests are equal if their content is, whatever the whitespace and the order of
 * fields: digests of the parsed requests are compared, not the bytes. The sequence of the
 * lines matters, because the stored order keeps it. An optional field that a later
 * release adds does not change the digest of a request without it.
 */
@Service
class PlaceOrderOnce {

	private final PlaceOrder placeOrder;

	private final IdempotencyKeys keys;

	/** Serializes answers as the API does. */
	private final JsonMapper json;

	private final JsonMapper canonical;

	PlaceOrderOnce(PlaceOrder placeOrder, IdempotencyKeys keys, JsonMapper json) {
		this.placeOrder = placeOrder;
		this.keys = keys;
		this.json = json;
		this.canonical = JsonMapper.builder()
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
			.changeDefaultPropertyInclusion((always) -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

	@Transactional
	Placement place(OrderRequest request, IdempotencyKey key) {
		byte[] digest = digest(request);
		return switch (this.keys.claim(request.customerId(), key, digest)) {
			case Claim.Free _ -> placeAndStore(request, key, digest);
			case Claim.Answered(UUID orderId, byte[] answer) -> new PlacedBefore(orderId, answer);
			case Claim.InFlight _ -> new KeyInFlight();
			case Claim.OfAnotherRequest _ -> new KeyOfAnotherRequest();
		};
	}

	private Placement placeAndStore(OrderRequest request, IdempotencyKey key, byte[] digest) {
		Placement placement = this.placeOrder.place(request);
		if (placement instanceof Placed(Order order, String _)) {
			byte[] answer = this.json.writeValueAsBytes(OrderView.of(order));
			this.keys.store(request.customerId(), key, digest, new Claim.Answered(order.id(), answer));
		}
		return placement;
	}

	private byte[] digest(OrderRequest request) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(this.canonical.writeValueAsBytes(request));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Expected SHA-256, which every Java platform has", ex);
		}
	}

}
