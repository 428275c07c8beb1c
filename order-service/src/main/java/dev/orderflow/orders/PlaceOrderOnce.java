package dev.orderflow.orders;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.function.Function;

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
public class PlaceOrderOnce {

	private final PlaceOrder placeOrder;

	private final IdempotencyKeys keys;

	private final JsonMapper canonical;

	PlaceOrderOnce(PlaceOrder placeOrder, IdempotencyKeys keys) {
		this.placeOrder = placeOrder;
		this.keys = keys;
		this.canonical = JsonMapper.builder()
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
			.changeDefaultPropertyInclusion((always) -> always.withValueInclusion(JsonInclude.Include.NON_NULL))
			.build();
	}

	/**
	 * Places the order unless the customer used the key before.
	 * @param answer the body of the answer to the request that places the order
	 */
	@Transactional
	public Placement place(PlaceOrderCommand command, IdempotencyKey key, Function<Order, byte[]> answer) {
		byte[] digest = digest(command);
		return switch (this.keys.claim(command.customerId(), key, digest)) {
			case Claim.Free _ -> placeAndStore(command, key, digest, answer);
			case Claim.Answered(UUID orderId, byte[] first) -> new PlacedBefore(orderId, first);
			case Claim.InFlight _ -> new KeyInFlight();
			case Claim.OfAnotherRequest _ -> new KeyOfAnotherRequest();
		};
	}

	private Placement placeAndStore(PlaceOrderCommand command, IdempotencyKey key, byte[] digest,
			Function<Order, byte[]> answer) {
		Placement placement = this.placeOrder.place(command);
		if (placement instanceof Placed(Order order, String _)) {
			this.keys.store(command.customerId(), key, digest, new Claim.Answered(order.id(), answer.apply(order)));
		}
		return placement;
	}

	private byte[] digest(PlaceOrderCommand command) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(this.canonical.writeValueAsBytes(command));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is missing, which every Java platform has", ex);
		}
	}

}
