package dev.orderflow.orders;

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
 * The gauge {@code orders.stuck}: orders that were placed over five minutes ago and whose
 * status, its tag {@code status}, is not final. Every replica reports the same value;
 * aggregate with max, not sum.
 */
@Component
@ConditionalOnRole(Role.API)
class StuckOrders implements AutoCloseable {

	/** The count stops at 100000; the index has the orders of a status by age. */
	private static final String SQL = """
			select count(*) as placed
			from (
			  select
			  from customer_order
			  where status = 'PLACED'
			  and placed_at < clock_timestamp() - interval '5 minutes'
			  limit 100000
			) as first""";

	private final TableFigures figures;

	StuckOrders(MeterRegistry registry, DataSource dataSource, GaugeProperties settings) {
		this.figures = new TableFigures("customer_order", dataSource, SQL, settings);
		this.figures.register(registry, "orders.stuck", "placed", null, Tags.of("status", Status.PLACED.name()));
	}

	@Override
	public void close() {
		this.figures.close();
	}

}
