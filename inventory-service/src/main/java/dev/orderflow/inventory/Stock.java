package dev.orderflow.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stock by product: set-based SQL, one statement per batch. */
@Repository
class Stock {

	private static final int LEVELS_MAX = 1000;

	private final JdbcClient jdbc;

	Stock(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The stocked products among these, by sku. The rows stay locked until the
	 * transaction ends; locks are taken in sku order, so that batches with the same
	 * products queue up instead of deadlocking.
	 */
	Map<String, StockLevel> lock(List<String> skus) {
		return this.jdbc.sql("""
				select sku, on_hand, reserved, on_hand - reserved as available
				from stock
				where sku = any (:skus)
				order by sku
				for no key update""")
			.param("skus", skus.toArray(String[]::new))
			.query(Stock::level)
			.stream()
			.collect(Collectors.toMap(StockLevel::sku, Function.identity()));
	}

	/** Stores levels whose rows this transaction has locked. */
	void store(Collection<StockLevel> levels) {
		if (levels.isEmpty()) {
			return;
		}
		this.jdbc.sql("""
				update stock
				set on_hand = changed.on_hand, reserved = changed.reserved
				from unnest(:skus::text[], :onHand::bigint[], :reserved::bigint[]) as changed (sku, on_hand, reserved)
				where stock.sku = changed.sku""")
			.param("skus", levels.stream().map(StockLevel::sku).toArray(String[]::new))
			.param("onHand", levels.stream().map(StockLevel::onHand).toArray(Long[]::new))
			.param("reserved", levels.stream().map(StockLevel::reserved).toArray(Long[]::new))
			.update();
	}

	/** The first {@value #LEVELS_MAX} products by sku. */
	List<StockLevel> levels() {
		return this.jdbc.sql("""
				select sku, on_hand, reserved, on_hand - reserved as available
				from stock
				order by sku
				limit :limit""").param("limit", LEVELS_MAX).query(Stock::level).list();
	}

	/** One product, if it is stocked. */
	Optional<StockLevel> level(String sku) {
		return this.jdbc.sql("""
				select sku, on_hand, reserved, on_hand - reserved as available
				from stock
				where sku = :sku""").param("sku", sku).query(Stock::level).optional();
	}

	/**
	 * Sets the units on hand. One statement compares and writes under the row's lock, so
	 * that stock on hand never drops below the reserved units; it waits for a reservation
	 * in progress up to the session's lock_timeout.
	 */
	Adjustment adjust(String sku, long onHand) {
		Optional<StockLevel> adjusted = this.jdbc.sql("""
				update stock
				set on_hand = :onHand, stocked = stocked - on_hand + :onHand
				where sku = :sku
				and reserved <= :onHand
				returning sku, on_hand, reserved, on_hand - reserved as available""")
			.param("sku", sku)
			.param("onHand", onHand)
			.query(Stock::level)
			.optional();
		if (adjusted.isPresent()) {
			return new Adjusted(adjusted.get());
		}
		// This read only determines the reason; the decision is already made.
		return level(sku).<Adjustment>map((level) -> new BelowReserved(level.reserved())).orElseGet(UnknownSku::new);
	}

	/** The result of an adjustment. */
	sealed interface Adjustment {

	}

	/** It is stored. */
	record Adjusted(StockLevel level) implements Adjustment {
	}

	/** More is reserved than would be on hand; nothing changed. */
	record BelowReserved(long reserved) implements Adjustment {
	}

	/** No such product. */
	record UnknownSku() implements Adjustment {
	}

	private static StockLevel level(ResultSet row, int number) throws SQLException {
		return new StockLevel(row.getString("sku"), row.getLong("on_hand"), row.getLong("reserved"),
				row.getLong("available"));
	}

}
