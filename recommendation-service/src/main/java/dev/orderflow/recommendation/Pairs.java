package dev.orderflow.recommendation;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.orderflow.recommendation.Basket.Pair;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Counted orders and their pairs: set-based SQL, one statement per table and batch.
 */
@Repository
class Pairs {

	private final JdbcClient jdbc;

	private final Clock clock;

	Pairs(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/** Stores the orders, and how many of them bought each pair. */
	void store(List<Basket> baskets, Map<Pair, Integer> orders) {
		insertOrders(baskets);
		if (!orders.isEmpty()) {
			addOrders(orders);
		}
	}

	private void insertOrders(List<Basket> baskets) {
		this.jdbc.sql("""
				insert into counted_order (order_id, counted_at)
				select order_id, :countedAt
				from unnest(:orderIds::uuid[]) as counted (order_id)""")
			.param("countedAt", OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC))
			.param("orderIds", baskets.stream().map((basket) -> basket.orderId().toString()).toArray(String[]::new))
			.update();
	}

	/**
	 * Counters are locked in key order, so that batches with the same pairs queue up
	 * instead of deadlocking.
	 */
	private void addOrders(Map<Pair, Integer> orders) {
		List<Map.Entry<Pair, Integer>> counts = List.copyOf(orders.entrySet());
		this.jdbc.sql("""
				insert into bought_together (sku, other_sku, partition, orders)
				select sku, other_sku, partition, orders
				from unnest(:skus::text[], :otherSkus::text[], :partitions::int[], :orders::int[])
				  as counted (sku, other_sku, partition, orders)
				order by sku, other_sku, partition
				on conflict (sku, other_sku, partition)
				do update set orders = bought_together.orders + excluded.orders""")
			.param("skus", counts.stream().map((count) -> count.getKey().sku()).toArray(String[]::new))
			.param("otherSkus", counts.stream().map((count) -> count.getKey().otherSku()).toArray(String[]::new))
			.param("partitions", counts.stream().map((count) -> count.getKey().partition()).toArray(Integer[]::new))
			.param("orders", counts.stream().map(Map.Entry::getValue).toArray(Integer[]::new))
			.update();
	}

	/** The products most often bought together with this one. */
	List<Recommendation> boughtTogetherWith(String sku, int limit) {
		return this.jdbc.sql("""
				select other_sku as sku, sum(orders) as bought_together
				from (
				  select other_sku, orders
				  from bought_together
				  where sku = :sku
				  union all
				  select sku, orders
				  from bought_together
				  where other_sku = :sku
				) as other
				group by other_sku
				order by bought_together desc, sku
				limit :limit""")
			.param("sku", sku)
			.param("limit", limit)
			.query((row, number) -> new Recommendation(row.getString("sku"), row.getLong("bought_together")))
			.list();
	}

}
