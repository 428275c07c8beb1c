package dev.orderflow.orders;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.persistence.EntityManagerFactory;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: paging lists each order that existed at the start once, newest first, while
 * others are placed, at the same cost for every page. Method: requests over HTTP, with
 * several orders of the same microsecond; PostgreSQL's query plans for ten thousand
 * orders.
 */
@OrderServiceTest
class OrderPagesIT {

	@Autowired
	private Api api;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private EntityManagerFactory entityManagers;

	/** A connection as the owner of the schema. */
	private JdbcClient owner;

	@BeforeEach
	void connectTheOwner(@Autowired Environment environment) {
		this.owner = JdbcClient
			.create(new DriverManagerDataSource(environment.getRequiredProperty("spring.datasource.url"),
					environment.getRequiredProperty("spring.flyway.user"),
					environment.getRequiredProperty("spring.flyway.password")));
	}

	@BeforeEach
	void deleteOrders() {
		for (String table : List.of("order_event", "idempotency_key", "order_line", "customer_order")) {
			this.jdbc.sql("delete from " + table).update();
		}
	}

	@Test
	void listsTheNewestOrderFirstAsItReadsIt() {
		Api.Answer older = this.api.post(Fixtures.aValidBody());
		Api.Answer newer = this.api.post(Fixtures.aValidBody());

		Api.Answer page = this.api.get("/orders");

		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body().get("items").valueStream()).containsExactly(newer.body(), older.body());
		assertThat(page.body().get("nextCursor").isNull()).isTrue();
		assertThat(page.body().propertyNames()).containsExactly("items", "nextCursor");
	}

	@Test
	void hasNoOrdersOnAnEmptyPage() {
		assertThat(this.api.get("/orders").response().body()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
	}

	@Test
	void hasTwentyOrdersOnAPageUnlessAskedOtherwise() {
		insert(101, "customer-7");

		assertThat(this.api.get("/orders").body().get("items")).hasSize(20);
		assertThat(this.api.get("/orders?limit=100").body().get("items")).hasSize(100);
	}

	@Test
	void pagesThroughOrdersOfOneMomentWhileOthersArePlaced() {
		insert(25, "customer-7");
		List<String> before = ids("select id::text from customer_order order by placed_at desc, id desc");
		List<String> seen = new ArrayList<>();

		JsonNode page = this.api.get("/orders?limit=10").body();
		while (true) {
			page.get("items").forEach((order) -> seen.add(order.get("orderId").asString()));
			this.api.post(Fixtures.aValidBody());
			if (page.get("nextCursor").isNull()) {
				break;
			}
			page = this.api.get("/orders?limit=10&cursor=" + page.get("nextCursor").asString()).body();
		}

		assertThat(seen).isEqualTo(before);
	}

	@Test
	void endsWithAFullPage() {
		insert(10, "customer-7");

		JsonNode page = this.api.get("/orders?limit=10").body();

		assertThat(page.get("items")).hasSize(10);
		assertThat(page.get("nextCursor").isNull()).isTrue();
	}

	@Test
	void listsTheOrdersOfOneCustomerOrStatus() {
		insert(3, "customer-7");
		insert(2, "customer 8+9");
		this.jdbc.sql("""
				update customer_order
				set status = 'REJECTED'
				where id = (select id from customer_order where customer_id = 'customer-7' limit 1)
				""").update();

		assertThat(this.api.get("/orders?customerId=customer%208%2B9").body().get("items")).hasSize(2);
		assertThat(this.api.get("/orders?customerId=nobody").body().get("items")).isEmpty();
		assertThat(this.api.get("/orders?status=PLACED").body().get("items")).hasSize(4);
		assertThat(this.api.get("/orders?status=PLACED&customerId=customer-7").body().get("items")).hasSize(2);
	}

	@Test
	void readsTheLinesOfAPageInOneSelect() {
		insert(30, "customer-7");
		Statistics statistics = this.entityManagers.unwrap(SessionFactory.class).getStatistics();
		statistics.setStatisticsEnabled(true);
		statistics.clear();

		JsonNode page = this.api.get("/orders?limit=30").body();

		assertThat(page.get("items").valueStream().map((order) -> order.get("lines").size())).hasSize(30)
			.containsOnly(2);
		assertThat(statistics.getPrepareStatementCount()).isOne();
		statistics.setStatisticsEnabled(false);
	}

	@ParameterizedTest
	@CsvSource({ "customer_order_placed,,", "customer_order_customer,customer-7,", "customer_order_status,,PLACED",
			"customer_order_status,customer-7,PLACED" })
	void readsAPageAsOneRangeOfAnIndex(String index, String customerId, Order.Status status) {
		insertManyCustomers();
		Map<String, Object> parameters = new HashMap<>(Map.of("limit", 21));
		OrderPages.Position after = new OrderPages.Position(Instant.parse("2026-01-01T01:00:00Z"), UUID.randomUUID());
		String sql = OrderPages.sql(customerId, status, after, parameters);

		String plan = String.join("\n", this.jdbc.sql("explain " + sql).params(parameters).query(String.class).list());

		assertThat(plan).contains(index + " on customer_order")
			.contains("Index Cond: ", "ROW(placed_at, id)")
			.doesNotContain("Sort", "Seq Scan");
	}

	/** Ten at each microsecond, two lines each. */
	private void insert(int count, String customerId) {
		this.jdbc.sql("""
				with placed as (
				  insert into customer_order (id, customer_id, status, total_cents, currency, ship_to_name,
				    ship_to_street, ship_to_city, ship_to_postal_code, ship_to_country, placed_at)
				  select gen_random_uuid(), :customerId, 'PLACED', 2, 'EUR', 'n', 's', 'c', 'p', 'DE',
				    timestamptz '2026-01-01 00:00:00Z' + (i / 10) * interval '1 microsecond'
				  from generate_series(1, :count) as i
				  returning id
				)
				insert into order_line (order_id, line_number, sku, quantity, unit_price_cents)
				select id, line, 'SKU-' || line, 1, 1
				from placed, generate_series(1, 2) as line
				""").param("customerId", customerId).param("count", count).update();
	}

	private void insertManyCustomers() {
		this.jdbc.sql("""
				insert into customer_order (id, customer_id, status, total_cents, currency, ship_to_name,
				  ship_to_street, ship_to_city, ship_to_postal_code, ship_to_country, placed_at)
				select gen_random_uuid(), 'customer-' || (i % 100),
				  case when i % 100 = 7 then 'PLACED' else 'REJECTED' end,
				  2, 'EUR', 'n', 's', 'c', 'p', 'DE', timestamptz '2026-01-01 00:00:00Z' + i * interval '1 second'
				from generate_series(1, 10000) as i
				""").update();
		this.owner.sql("analyze customer_order").update();
	}

	private List<String> ids(String sql) {
		return this.jdbc.sql(sql).query(String.class).list();
	}

}
