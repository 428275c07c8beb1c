package dev.orderflow.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import javax.sql.DataSource;

import dev.orderflow.gauge.GaugeProperties;
import dev.orderflow.migration.LibraryTables;
import dev.orderflow.role.ConditionalOnRole;
import dev.orderflow.role.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.MicrometerProducerListener;

/**
 * The outbox in every service that has the starter; its relay and metrics in processes
 * with the role {@link Role#API}.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties({ OutboxProperties.class, GaugeProperties.class })
public final class OutboxAutoConfiguration {

	private static final int BATCH_BYTES = 128 * 1024;

	private static final Duration SEND_BLOCK_MAX = Duration.ofSeconds(5);

	/** The tables of outbox, inbox and dead letters. */
	@Bean
	static LibraryTables eventTables() {
		return new LibraryTables("classpath:db/event-starter", "event_starter_history");
	}

	@Bean
	Wake outboxWake() {
		return new Wake();
	}

	@Bean
	OutboxTable outboxTable(JdbcTemplate jdbc) {
		return new OutboxTable(jdbc);
	}

	@Bean
	Outbox outbox(OutboxTable table, Wake wake, OutboxProperties settings, JsonMapper json, Clock clock) {
		return new Outbox(table, new CloudEventWriter(settings.source(), json, clock), wake);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	ParkedRows parkedRows(JdbcTemplate jdbc, Outbox outbox) {
		return new ParkedRows(jdbc, outbox);
	}

	/**
	 * The relay's own producer settings. A record never times out, so that no later one
	 * of its key overtakes it.
	 */
	@Bean
	@ConditionalOnRole(Role.API)
	DefaultKafkaProducerFactory<byte[], byte[]> outboxProducerFactory(KafkaProperties kafka,
			KafkaConnectionDetails connection, ObjectProvider<MeterRegistry> registry) {
		Map<String, Object> settings = kafka.buildProducerProperties();
		settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.getProducer().getBootstrapServers());
		settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		settings.put(ProducerConfig.CLIENT_ID_CONFIG, "outbox-relay");
		settings.put(ProducerConfig.ACKS_CONFIG, "all");
		settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		// With more, the second batch of a partition whose leader is not ready yet may be
		// accepted before the retried first one. The broker then rejects the first one as
		// out of sequence, and the producer retries it until delivery.timeout.ms.
		settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
		settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
		settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
		settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
		settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, SEND_BLOCK_MAX.toMillis());
		settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, RelayTerm.RECORD_BYTES_MAX);
		DefaultKafkaProducerFactory<byte[], byte[]> producers = new DefaultKafkaProducerFactory<>(settings);
		// A relay that stops normally has nothing in flight; one that fails must send
		// nothing more.
		producers.setPhysicalCloseTimeout(0);
		registry.ifAvailable((meters) -> producers.addListener(new MicrometerProducerListener<>(meters)));
		return producers;
	}

	@Bean
	@ConditionalOnRole(Role.API)
	OutboxMetrics outboxMetrics(ObjectProvider<MeterRegistry> registry, Clock clock) {
		return new OutboxMetrics(registry.getIfAvailable(SimpleMeterRegistry::new), clock);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	RelayTelemetry relayTelemetry(OutboxMetrics metrics, OpenTelemetry openTelemetry) {
		return new RelayTelemetry(metrics, new SendSpans(openTelemetry.getTracer("dev.orderflow.outbox")));
	}

	@Bean
	@ConditionalOnRole(Role.API)
	OutboxGauges outboxGauges(ObjectProvider<MeterRegistry> registry, DataSource dataSource, GaugeProperties settings) {
		return new OutboxGauges(registry.getIfAvailable(SimpleMeterRegistry::new), dataSource, settings);
	}

	@Bean
	@ConditionalOnRole(Role.API)
	OutboxRelay outboxRelay(JdbcConnectionDetails database,
			DefaultKafkaProducerFactory<byte[], byte[]> outboxProducerFactory, Wake wake, OutboxProperties settings,
			RelayTelemetry telemetry) {
		String url = (settings.directUrl() != null) ? settings.directUrl() : database.getJdbcUrl();
		RelayConnections connections = new RelayConnections(url, database.getUsername(), database.getPassword());
		return new OutboxRelay(connections, outboxProducerFactory, wake, settings, telemetry);
	}

}
