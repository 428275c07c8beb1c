package dev.orderflow.recommendation;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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

	/**
	 * Stores orders as counted, except those that are. One that another transaction is
	 * counting is waited for.
	 * @return the orders that this call stored
	 */
	Set<UUID> insertOrders(Collection<UUID> orderIds) {
		return this.jdbc.sql("""
				insert into counted_order (order_id, counted_at)
				select order_id, :countedAt
				from unnest(:orderIds::uuid[]) as counted (order_id)
				order by order_id
				on conflict (order_id) do nothing
				returning order_id""")
			.param("countedAt", OffsetDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC))
			.param("orderIds", orderIds.stream().map(UUID::toString).toArray(String[]::new))
			.query((row, number) -> row.getObject("order_id", UUID.class))
			.set();
	}

	/**
	 * Adds to the counters of pairs. They are locked in key order, so that batches with
	 * the same pairs queue up instead of deadlocking.
	 */
	void addOrders(Map<Pair, Integer> orders) {
		if (orders.isEmpty()) {
			return;
		}
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
