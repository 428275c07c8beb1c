package dev.orderflow.orders;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.gauge.TableFigures;
import dev.orderflow.orders.Order.Status;
import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import org.springframework.stereotype.Component;

/**
 * The gauges {@code orders.stuck}, one for each {@code status} that is not final: orders
 * that were placed over five minutes ago and still have it. Every replica reports the
 * same value; aggregate with max, not sum.
 */
@Component
@ConditionalOnRole(Role.API)
class StuckOrders implements AutoCloseable {

	private static final List<Status> OPEN = Arrays.stream(Status.values())
		.filter((status) -> !status.isFinal())
		.toList();

	/** Each count stops at 100000; the index has the orders of a status by age. */
	private static final String COUNT = """
			(
			  select count(*)
			  from (
			    select
			    from customer_order
			    where status = '%1$s'
			    and placed_at < clock_timestamp() - interval '5 minutes'
			    limit 100000
			  ) as first
			) as %1$s""";

	private final TableFigures figures;

	StuckOrders(MeterRegistry registry, DataSource dataSource, GaugeProperties settings) {
		String sql = OPEN.stream().map(COUNT::formatted).collect(Collectors.joining(",\n", "select\n", ""));
		this.figures = new TableFigures("customer_order", dataSource, sql, settings);
		OPEN.forEach((status) -> this.figures.register(registry, "orders.stuck", status.name(), null,
				Tags.of("status", status.name())));
	}

	@Override
	public void close() {
		this.figures.close();
	}

}
