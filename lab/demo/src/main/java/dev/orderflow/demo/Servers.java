package dev.orderflow.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

import dev.orderflow.audit.Progress;
import dev.orderflow.carrier.Behaviour;
import dev.orderflow.carrier.CarrierServer;
import dev.orderflow.servers.KafkaServer;
import dev.orderflow.servers.PostgresServer;
import dev.orderflow.setup.Database;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL and Kafka, with a database for each service and all topics, and the
 * simulated carrier, which runs in this JVM. The caller must not let start and stop
 * overlap.
 */
final class Servers {

	private final StackSettings settings;

	private final Progress progress;

	private final Leftovers leftovers;

	private final Map<String, Database> databases = new LinkedHashMap<>();

	private @Nullable PostgresServer postgres;

	private @Nullable KafkaServer kafka;

	private @Nullable CarrierServer carrier;

	Servers(StackSettings settings, Progress progress, Leftovers leftovers) {
		this.settings = settings;
		this.progress = progress;
		this.leftovers = leftovers;
	}

	/** Starts Kafka without waiting for it. */
	KafkaServer launchKafka() {
		KafkaServer launched = KafkaServer.launch(this.settings.kafkaPort(), this.settings.state().resolve("kafka"),
				this.settings.log("kafka"));
		this.kafka = launched;
		this.leftovers.record("kafka", launched.process().pid());
		return launched;
	}

	/**
	 * Starts PostgreSQL.
	 * @param kept whether the databases are there already
	 */
	PostgresServer startPostgres(boolean kept) {
		return this.progress
			.step((server) -> "PostgreSQL %s on localhost:%d".formatted(server.version(), server.port()), () -> {
				PostgresServer started = PostgresServer.start(this.settings.postgresPort(),
						this.settings.state().resolve("postgres"), this.settings.log("postgres"));
				this.postgres = started;
				this.leftovers.record("postgres", started.pid());
				this.settings.topology()
					.services()
					.forEach((service) -> this.databases.put(service.name(),
							kept ? started.database(service.database()) : started.createDatabase(service.database())));
				return started;
			});
	}

	/** Starts the carrier. */
	CarrierServer startCarrier() {
		return this.progress.step((server) -> "Carrier (simulated) on localhost:" + server.port(), () -> {
			CarrierServer started = CarrierServer.start(this.settings.carrierPort(), Behaviour.NORMAL);
			this.carrier = started;
			return started;
		});
	}

	KafkaServer kafka() {
		return Objects.requireNonNull(this.kafka, "Kafka was not started");
	}

	PostgresServer postgres() {
		return Objects.requireNonNull(this.postgres, "PostgreSQL was not started");
	}

	/** Each service's database, by the service's name. */
	Map<String, Database> databases() {
		return Collections.unmodifiableMap(this.databases);
	}

	/** The servers that ended unexpectedly. */
	List<Ended> ended() {
		List<Ended> ended = new ArrayList<>();
		if (this.kafka != null && !this.kafka.process().isAlive()) {
			ended.add(new Ended("kafka", this.kafka.process().exitStatus(), this.kafka.process().log()));
		}
		if (this.postgres != null && !this.postgres.isAlive()) {
			ended.add(new Ended("postgres", OptionalInt.empty(), this.settings.log("postgres")));
		}
		return ended;
	}

	void stop() {
		if (this.carrier != null) {
			this.progress.step("Carrier stopped", this.carrier::close);
		}
		try {
			if (this.kafka != null) {
				this.progress.step("Kafka stopped", this.kafka::close);
			}
		}
		finally {
			if (this.postgres != null) {
				this.progress.step("PostgreSQL stopped", this.postgres::close);
			}
		}
	}

}
