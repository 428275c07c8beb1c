package dev.orderflow.demo;

import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.orderflow.setup.Database;
import dev.orderflow.topology.Service;

/** Where everything listens and what to try, in lines of at most 80 columns. */
final class WhatToTry {

	private final Stack stack;

	private final URI lag;

	WhatToTry(Stack stack, URI lag) {
		this.stack = stack;
		this.lag = lag;
	}

	String text() {
		String services = this.stack.topology()
			.services()
			.stream()
			.map((service) -> "%-23s curl %s".formatted(service.name(), uri(service) + service.example()))
			.collect(Collectors.joining(System.lineSeparator()));
		Database orders = Objects.requireNonNull(this.stack.databases().get("order-service"));
		return """

				%1$s
				Swagger UI              %2$s/swagger-ui.html
				management              port + %3$d: /actuator/health, metrics, prometheus
				consumers' lag          curl %6$s
				PostgreSQL, one each    psql %4$s
				Kafka                   %5$s
				carrier (simulated)     curl %7$s/bookings

				curl -i -H 'Content-Type: application/json' %2$s/orders -d '{
				  "customerId":"customer-1", "lines":[{"sku":"SKU-MUG","quantity":2}],
				  "shipTo":{"name":"Ada","street":"Lindenstr. 1","city":"Berlin",
				  "postalCode":"10969","country":"DE"}}'
				curl %2$s/orders/<orderId>/timeline
				curl -X PUT %7$s/behaviour -d '{"latencyMillis":20,"failureRate":1}'
				                        the carrier fails; 0 repairs it
				Ctrl-C stops everything. In another terminal: ./demo --memory
				""".formatted(services, this.stack.instance("order-service").uri(), Service.MANAGEMENT_OFFSET,
				orders.jdbcUrl()
					.replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(orders.user(), orders.password())),
				this.stack.bootstrapServers(), this.lag, this.stack.carrier());
	}

	private String uri(Service service) {
		return this.stack.instance(service.name()).uri().toString();
	}

}
