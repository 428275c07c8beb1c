package dev.orderflow.orders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The list of orders, newest first, a page at a time. Keyset pagination: a page starts
 * after the last order of the previous page, not at an offset. Orders placed meanwhile
 * cause neither duplicates nor gaps, and the thousandth page costs as much as the first.
 * Each page is two selects, whatever its length.
 */
@Repository
public class OrderPages {

	private final JdbcClient jdbc;

	private final Orders orders;

	OrderPages(JdbcClient jdbc, Orders orders) {
		this.jdbc = jdbc;
		this.orders = orders;
	}

	/**
	 * One page.
	 * @param customerId the customer, or null for all customers
	 * @param status the status, or null for all
	 * @param limit most orders of the page
	 * @param after the last order of the previous page, or null for the newest order
	 */
	public Page page(@Nullable String customerId, Order.@Nullable Status status, int limit, @Nullable Position after) {
		Map<String, Object> parameters = new HashMap<>();
		// One order more shows whether there is a next page.
		parameters.put("limit", limit + 1);
		String sql = sql(customerId, status, after, parameters);
		List<UUID> ids = this.jdbc.sql(sql).params(parameters).query(OrderPages::id).list();
		List<Order> page = load((ids.size() > limit) ? ids.subList(0, limit) : ids);
		return new Page(page, (ids.size() > limit) ? Position.of(page.getLast()) : null);
	}

	/** The statement, with the requested conditions only, so that it can use an index. */
	static String sql(@Nullable String customerId, Order.@Nullable Status status, @Nullable Position after,
			Map<String, Object> parameters) {
		List<String> conditions = new ArrayList<>(List.of("true"));
		if (customerId != null) {
			conditions.add("customer_id = :customerId");
			parameters.put("customerId", customerId);
		}
		if (status != null) {
			conditions.add("status = :status");
			parameters.put("status", status.name());
		}
		if (after != null) {
			conditions.add("(placed_at, id) < (:placedAt, :id)");
			parameters.put("placedAt", after.placedAt().atOffset(ZoneOffset.UTC));
			parameters.put("id", after.orderId());
		}
		return """
				select id
				from customer_order
				where %s
				order by placed_at desc, id desc
				limit :limit
				""".formatted(String.join("\n  and ", conditions));
	}

	private static UUID id(ResultSet row, int number) throws SQLException {
		return row.getObject("id", UUID.class);
	}

	private List<Order> load(List<UUID> ids) {
		Map<UUID, Order> found = this.orders.findByIdIn(ids)
			.stream()
			.collect(Collectors.toMap(Order::id, Function.identity()));
		return ids.stream().map(found::get).toList();
	}

	/**
	 * A page of orders.
	 *
	 * @param last the last order of the page, after which the next one starts; null on
	 * the last page
	 */
	public record Page(List<Order> orders, @Nullable Position last) {

	}

	/**
	 * The place of an order in the list.
	 *
	 * @param placedAt to the microsecond
	 */
	public record Position(Instant placedAt, UUID orderId) {

		static Position of(Order order) {
			return new Position(order.placedAt(), order.id());
		}

	}

}
