package dev.orderflow.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.orderflow.events.Topics;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.Ports;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Measures how fast the relay sends and deletes rows that become visible all at once,
 * alternately with up to 4000 rows in flight and with one. Prints the rows per second of
 * each round and the ratio of the medians. Takes a few minutes.
 */
public final class RelayDrain {

	private static final int ROWS = 50_000;

	private static final int ROUNDS = 3;

	private static final Duration ROUND_MAX = Duration.ofMinutes(15);

	private static final String TOPIC = "relay-drain";

	private final Database database;

	private final KafkaServer kafka;

	private final JdbcClient jdbc;

	private final JdbcClient owner;

	private RelayDrain(Database database, KafkaServer kafka) {
		this.database = database;
		this.kafka = kafka;
		this.jdbc = client(database, database.user(), database.password());
		this.owner = client(database, database.ddlUser(), database.ddlPassword());
	}

	private static JdbcClient client(Database database, String user, String password) {
		return JdbcClient.create(new DriverManagerDataSource(database.jdbcUrl(), user, password));
	}

	static void main() throws IOException, InterruptedException {
		Path state = Files.createTempDirectory("relay-drain");
		try (PostgresServer postgres = PostgresServer.start(Ports.free(), state.resolve("postgres"),
				state.resolve("postgres.log"));
				KafkaServer kafka = KafkaServer.start(Ports.free(), state.resolve("kafka"),
						state.resolve("kafka.log"))) {
			kafka.createTopics(List.of(Topics.source(TOPIC)));
			new RelayDrain(postgres.createDatabase("drain"), kafka).compare();
		}
	}

	private void compare() throws InterruptedException {
		start(1, 1).close();
		List<Double> pipelined = new ArrayList<>();
		List<Double> single = new ArrayList<>();
		for (int round = 1; round <= ROUNDS; round++) {
			pipelined.add(rowsPerSecond("pages of 1000, 4000 in flight", round, 1000, 4000));
			single.add(rowsPerSecond("one row in flight", round, 1, 1));
		}
		System.out.printf("ratio of the medians: %.1f%n", median(pipelined) / median(single));
	}

	private double rowsPerSecond(String variant, int round, int batchSize, int rowsInFlight)
			throws InterruptedException {
		this.owner.sql("vacuum outbox_event").update();
		try (ConfigurableApplicationContext _ = start(batchSize, rowsInFlight)) {
			fill();
			double rate = ROWS / secondsUntilEmpty(variant);
			System.out.printf("round %d  %-30s %8.0f rows/s%n", round, variant, rate);
			return rate;
		}
	}

	/**
	 * From the commit of all rows, for which the relay is waiting, to the empty outbox.
	 */
	private double secondsUntilEmpty(String variant) throws InterruptedException {
		long start = System.nanoTime();
		while (hasRows()) {
			if (System.nanoTime() - start > ROUND_MAX.toNanos()) {
				throw new IllegalStateException(
						"The outbox is not empty with %s after %s".formatted(variant, ROUND_MAX));
			}
			TimeUnit.MILLISECONDS.sleep(5);
		}
		return (System.nanoTime() - start) / 1e9;
	}

	/** Rows like those of orders: a key, nine headers, 600 bytes. */
	private void fill() {
		this.jdbc.sql("""
				insert into outbox_event (topic, message_key, header_names, header_values, payload)
				select :topic, convert_to(gen_random_uuid()::text, 'UTF8'),
				  array_fill('ce_attribute'::bytea, array[9]), array_fill('value-of-attribute'::bytea, array[9]),
				  convert_to(repeat('x', 600), 'UTF8')
				from generate_series(1, :rows)""").param("topic", TOPIC).param("rows", ROWS).update();
	}

	private boolean hasRows() {
		return this.jdbc.sql("select exists (select from outbox_event)").query(Boolean.class).single();
	}

	private ConfigurableApplicationContext start(int batchSize, int rowsInFlight) {
		return new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run("--spring.config.import=classpath:event-starter.yml", "--spring.application.name=relay-drain",
					"--spring.main.banner-mode=off", "--logging.level.root=warn",
					"--spring.datasource.url=" + this.database.jdbcUrl(),
					"--spring.datasource.username=" + this.database.user(),
					"--spring.datasource.password=" + this.database.password(),
					"--spring.flyway.user=" + this.database.ddlUser(),
					"--spring.flyway.password=" + this.database.ddlPassword(),
					"--spring.kafka.bootstrap-servers=" + this.kafka.bootstrapServers(),
					"--orderflow.outbox.batch-size-max=" + batchSize,
					"--orderflow.outbox.rows-in-flight-max=" + rowsInFlight);
	}

	private static double median(List<Double> rates) {
		return rates.stream().sorted().toList().get(rates.size() / 2);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Service {

	}

}
