package dev.orderflow.load;

import java.time.Duration;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

/**
 * What a customer does: places an order, sometimes retries as if the answer had been
 * lost, sometimes looks the order up, and sometimes cancels it.
 */
final class OrderJourney {

	static final String ORDER_ID = "orderId";

	/** Percentage of customers who retry with the same idempotency key. */
	private static final double REPEATED_PERCENT = 2;

	private static final Duration BEFORE_LOOKING = Duration.ofSeconds(1);

	private static final Duration BEFORE_CANCELLING_MAX = Duration.ofSeconds(2);

	private OrderJourney() {
	}

	/** Places an order and does nothing else. Customers whose order is refused leave. */
	static ChainBuilder placeOrder(String name, OrderRequests requests) {
		return feed(requests.iterator()).exec(post(name).check(jsonPath("$.orderId").saveAs(ORDER_ID)))
			.exitHereIfFailed();
	}

	/**
	 * Repeats the request. A different answer breaks the guarantee of the idempotency
	 * key.
	 */
	static ChainBuilder sometimesAskAgain() {
		return randomSwitch().on(percent(REPEATED_PERCENT)
			.then(exec(post("ask again").check(jsonPath("$.orderId").isEL("#{" + ORDER_ID + "}")))));
	}

	/** Reads the order, its timeline and the stock of the products bought. */
	static ChainBuilder sometimesLook(double percent, LoadSettings settings) {
		return randomSwitch().on(percent(percent).then(pause(BEFORE_LOOKING),
				exec(http("read order").get("/orders/#{orderId}"),
						http("read timeline").get("/orders/#{orderId}/timeline"),
						http("read stock").get(settings.inventoryUrl() + "/stock/#{sku}"))));
	}

	/** Cancels the order, in time (202) or when it is final already (409). */
	static ChainBuilder sometimesCancel(double percent) {
		return randomSwitch().on(percent(percent).then(pause(Duration.ZERO, BEFORE_CANCELLING_MAX),
				exec(http("cancel").post("/orders/#{orderId}/cancellation").check(status().in(202, 409)))));
	}

	private static HttpRequestActionBuilder post(String name) {
		return http(name).post("/orders")
			.header("Idempotency-Key", "#{" + OrderRequests.IDEMPOTENCY_KEY + "}")
			.body(StringBody((Session session) -> session.getString(OrderRequests.BODY)))
			.check(status().is(201));
	}

}
