package dev.orderflow.analytics.rebuild;

import java.math.BigInteger;
import java.time.Instant;
import java.util.function.Consumer;

import dev.orderflow.analytics.FigureSet;
import dev.orderflow.analytics.FigureSets;
import dev.orderflow.analytics.Figures;
import dev.orderflow.analytics.Rebuild;
import dev.orderflow.analytics.Totals;
import dev.orderflow.test.consumer.ConsumerTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: a rebuild gets the hours before its first one as they are, and does not serve if
 * an order of a later hour is missing. Method: both sets are emptied and filled in a
 * transaction that is rolled back. Set A has an order in each of two hours, the second
 * one lost; set B has what a rebuild would have read.
 */
@ConsumerTest
class FigureCopiesIT {

	private static final Rebuild FROM_ELEVEN = new Rebuild(FigureSet.B, 1, Instant.parse("2021-11-01T11:00:00Z"));

	private static final Totals BOTH = new Totals(new Figures(2, 5, BigInteger.valueOf(500)),
			new Figures(1, 3, BigInteger.valueOf(300)));

	@Autowired
	JdbcClient jdbc;

	@Autowired
	TransactionTemplate transaction;

	@Autowired
	FigureSets figureSets;

	private FigureCopies copies;

	@BeforeEach
	void open() {
		this.copies = new FigureCopies(this.jdbc);
	}

	@Test
	void copiesTheEarlierHoursWithTheirOrders() {
		inTwoHours((jdbc) -> {
			fillTheSecondHour("b");

			this.copies.copyEarlier(FigureSet.A, FROM_ELEVEN);

			assertThat(this.copies.difference(FigureSet.B)).isEmpty();
			assertThat(this.copies.totals(FigureSet.B)).isEqualTo(BOTH);
		});
	}

	@Test
	void namesTheDifferenceIfAnOrderOfALaterHourIsMissing() {
		inTwoHours((jdbc) -> {
			this.copies.copyEarlier(FigureSet.A, FROM_ELEVEN);

			assertThat(this.copies.difference(FigureSet.B)).hasValueSatisfying((difference) -> assertThat(difference)
				.contains("orders have placed 2 orders, 5 units", "hours have placed 1 orders, 2 units"));
		});
	}

	@Test
	void namesTheDifferenceIfAProductIsMissing() {
		inTwoHours((jdbc) -> {
			fillTheSecondHour("b");
			jdbc.sql("delete from product_sales_by_hour_b").update();

			this.copies.copyEarlier(FigureSet.A, FROM_ELEVEN);

			assertThat(this.copies.difference(FigureSet.B)).hasValueSatisfying(
					(difference) -> assertThat(difference).contains("products have placed 1 orders, 2 units"));
		});
	}

	@Test
	void aRebuildOfEveryHourCopiesNone() {
		inTwoHours((jdbc) -> {
			fillTheSecondHour("b");

			this.copies.copyEarlier(FigureSet.A, new Rebuild(FigureSet.B, 1, null));

			assertThat(this.copies.difference(FigureSet.B)).isPresent();
			assertThat(this.copies.totals(FigureSet.B).gross().orders()).isOne();
		});
	}

	@Test
	void deletesEveryRowOfASetAndNoneOfTheOther() {
		inTwoHours((jdbc) -> {
			fillTheSecondHour("b");

			assertThat(this.copies.delete(FigureSet.B)).isTrue();

			assertThat(this.copies.totals(FigureSet.B)).isEqualTo(new Totals(Figures.NONE, Figures.NONE));
			assertThat(this.copies.difference(FigureSet.B)).isEmpty();
			assertThat(this.copies.totals(FigureSet.A)).isEqualTo(BOTH);
		});
	}

	/**
	 * As after a drop that froze before its deletion, while another process began anew.
	 */
	@Test
	void deletesNothingOfASetThatIsNotEmptyAnyMore() {
		inTwoHours((jdbc) -> {
			this.figureSets.begin(null);
			FigureSet dropped = this.figureSets.drop().orElseThrow();
			this.figureSets.begin(null);
			fillTheSecondHour("b");
			Totals built = this.copies.totals(FigureSet.B);

			assertThat(this.copies.delete(dropped)).isFalse();

			assertThat(this.copies.totals(FigureSet.B)).isEqualTo(built);
		});
	}

	private void inTwoHours(Consumer<JdbcClient> test) {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("""
					delete from counted_order_a;
					delete from lost_order_a;
					delete from sales_by_hour_a;
					delete from product_sales_by_hour_a""").update();
			this.copies.delete(FigureSet.B);
			this.jdbc.sql("""
					insert into counted_order_a (order_id, units, revenue_cents, counted_at)
					values ('01981c7e-0000-7000-8000-000000000001', 2, 200, current_timestamp);
					insert into sales_by_hour_a (hour, partition, orders, units, revenue_cents)
					values ('2021-11-01 10:00Z', 7, 1, 2, 200);
					insert into product_sales_by_hour_a (hour, sku, partition, orders, units, revenue_cents)
					values ('2021-11-01 10:00Z', 'SKU-A', 7, 1, 2, 200)""").update();
			fillTheSecondHour("a");
			test.accept(this.jdbc);
			status.setRollbackOnly();
		});
	}

	private void fillTheSecondHour(String set) {
		this.jdbc.sql("""
				insert into counted_order_%1$s (order_id, units, revenue_cents, counted_at)
				values ('01981c7e-0000-7000-8000-000000000002', 3, 300, current_timestamp);
				insert into lost_order_%1$s (order_id, units, revenue_cents, counted_at)
				values ('01981c7e-0000-7000-8000-000000000002', 3, 300, current_timestamp);
				insert into sales_by_hour_%1$s (hour, partition, orders, units, revenue_cents, lost_orders, lost_units,
				  lost_revenue_cents)
				values ('2021-11-01 11:00Z', 8, 1, 3, 300, 1, 3, 300);
				insert into product_sales_by_hour_%1$s (hour, sku, partition, orders, units, revenue_cents, lost_orders,
				  lost_units, lost_revenue_cents)
				values ('2021-11-01 11:00Z', 'SKU-A', 8, 1, 3, 300, 1, 3, 300)""".formatted(set)).update();
	}

}
