package dev.orderflow.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.orderflow.events.Topic;
import dev.orderflow.setup.Database;
import dev.orderflow.test.server.ServerProvider;
import dev.orderflow.test.server.TestKafka;
import dev.orderflow.test.server.TestPostgres;

/**
 * One PostgreSQL and one Kafka for all tests of a JVM, each started when a test first
 * asks for it and stopped when the JVM ends. {@link ServerProvider} says where they come
 * from. Each test uses its own databases and topics. When the JVM is killed, an embedded
 * Kafka ends by itself and an embedded PostgreSQL is stopped by a later test run;
 * Testcontainers removes its containers, unless that was disabled.
 */
public final class TestServers {

	private static final SharedServer<TestPostgres> POSTGRES = new SharedServer<>(TestServers::newPostgres);

	private static final SharedServer<TestKafka> KAFKA = new SharedServer<>(() -> ServerProvider.chosen().startKafka());

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private TestServers() {
	}

	/** The PostgreSQL itself. */
	public static TestPostgres postgres() {
		return POSTGRES.get();
	}

	/**
	 * A PostgreSQL for one test class alone, which may stop it. The caller closes it.
	 */
	public static TestPostgres newPostgres() {
		return ServerProvider.chosen().startPostgres();
	}

	/** The broker itself, for tests that stop it and start it again. */
	public static TestKafka kafka() {
		return KAFKA.get();
	}

	/**
	 * A new, empty database with its roles.
	 * @param name prefix of its name; a number follows, so that each call gets its own
	 * database
	 */
	public static Database database(String name) {
		return postgres().createDatabase(name + "_" + DATABASES.incrementAndGet());
	}

	/** Where clients find Kafka. */
	public static String bootstrapServers() {
		return kafka().bootstrapServers();
	}

	/** Creates the topics that do not exist. */
	public static void createTopics(Topic... topics) {
		kafka().createTopics(List.of(topics));
	}

	/**
	 * The settings with which a service finds its database and Kafka: migrations run as
	 * the schema's owner, and sessions use another time zone than the JVM, so that a lost
	 * time zone shows up.
	 */
	public static Map<String, String> properties(Database database) {
		Map<String, String> properties = new LinkedHashMap<>(database.springProperties());
		properties.put("spring.datasource.hikari.connection-init-sql", "set time zone 'Pacific/Chatham'");
		properties.put("spring.kafka.bootstrap-servers", bootstrapServers());
		return properties;
	}

}
