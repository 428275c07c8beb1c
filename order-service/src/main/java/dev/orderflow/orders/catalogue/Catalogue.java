package dev.orderflow.orders.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The products that can be ordered, with their prices. */
@Repository
public class Catalogue {

	private static final int PRODUCTS_MAX = 1000;

	private static final RowMapper<Product> PRODUCT = new DataClassRowMapper<>(Product.class);

	private final JdbcClient jdbc;

	Catalogue(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The first {@value #PRODUCTS_MAX} products by sku. */
	public List<Product> products() {
		return this.jdbc.sql("""
				select sku, name, unit_price_cents, currency
				from product
				order by sku
				limit :limit
				""").param("limit", PRODUCTS_MAX).query(PRODUCT).list();
	}

	/**
	 * The products with these skus, by sku; unknown skus are absent.
	 * @param skus as many as an order may have
	 */
	public Map<String, Product> find(Collection<String> skus) {
		return this.jdbc.sql("""
				select sku, name, unit_price_cents, currency
				from product
				where sku in (:skus)
				""")
			.param("skus", skus)
			.query(PRODUCT)
			.stream()
			.collect(Collectors.toMap(Product::sku, Function.identity()));
	}

}
