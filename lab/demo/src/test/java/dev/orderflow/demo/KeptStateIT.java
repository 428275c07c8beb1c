package dev.orderflow.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import dev.orderflow.audit.Progress;
import dev.orderflow.audit.TopicRecords;
import dev.orderflow.topology.Service;
import dev.orderflow.topology.Topology;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Goal: a start continues with the state of the last one, and refuses an incomplete state
 * or one of another version without changing it. Method: real servers without services,
 * stopped and restarted; then directories with other version files.
 */
class KeptStateIT {

	private static final Service SERVICE = new Service("some-service", 8080, "some", List.of("orders"), null);

	@TempDir
	private Path root;

	private final List<String> lines = new ArrayList<>();

	private StackSettings settings;

	@BeforeEach
	void packMigration() throws IOException {
		this.settings = StackSettings.freePorts(new Topology(List.of(SERVICE)), this.root, this.root.resolve(".demo"));
		pack("create table a ()");
	}

	@Test
	void continuesWithDatabasesAndTopicsOfTheLastStart() throws SQLException {
		Servers first = start(false);
		try (Connection owner = first.databases().get("some-service").connectAsOwner();
				Statement statement = owner.createStatement()) {
			statement.execute("create table kept as select 42 as answer");
		}
		produce("kept");
		first.stop();
		new KeptState(this.settings).requireUsable();

		Servers second = start(true);
		try (Connection service = second.databases().get("some-service").connect();
				Statement statement = service.createStatement();
				ResultSet row = statement.executeQuery("select answer from kept")) {
			row.next();
			assertThat(row.getInt(1)).isEqualTo(42);
		}
		produce("and more");
		assertThat(TopicRecords.read("localhost:" + this.settings.kafkaPort(), "orders")
			.stream()
			.map((record) -> new String(record.value(), StandardCharsets.UTF_8))).containsExactly("kept", "and more");
		second.stop();
	}

	@Test
	void refusesIncompleteState() throws IOException {
		KeptState state = new KeptState(this.settings);
		assertThat(state.exists()).isFalse();

		state.preparing();
		assertThatIllegalStateException().isThrownBy(this::resume)
			.withMessageContaining("incomplete")
			.withMessageContaining("without --keep");

		state.complete();
		assertThatIllegalStateException().as("without databases")
			.isThrownBy(this::resume)
			.withMessageContaining("incomplete");

		pretendWhole();
		Files.delete(this.settings.state().resolve(KeptState.FILE));
		assertThatIllegalStateException().as("without the file of versions")
			.isThrownBy(this::resume)
			.withMessageContaining("incomplete");
		assertThat(this.settings.state().resolve("kafka/meta.properties")).as("the data is kept").exists();
	}

	@Test
	void refusesTheStateOfAnotherVersion() throws IOException {
		new KeptState(this.settings).complete();
		pretendWhole();
		new KeptState(this.settings).requireUsable();

		pack("create table b ()");

		assertThatIllegalStateException().isThrownBy(this::resume)
			.withMessageContaining("another version")
			.withMessageContaining("some-service: database some, topics orders, migrations")
			.withMessageNotContaining("PostgreSQL:");
		assertThat(this.lines).isEmpty();
	}

	private void resume() {
		try (Stack stack = new Stack(this.settings, this.lines::add)) {
			stack.resume();
		}
	}

	private Servers start(boolean kept) {
		Servers servers = new Servers(this.settings, new Progress(this.lines::add),
				new Leftovers(this.settings.state()));
		var broker = servers.launchKafka();
		servers.startPostgres(kept);
		broker.awaitReady();
		broker.createTopics(this.settings.topology().topics());
		new KeptState(this.settings).complete();
		return servers;
	}

	private void produce(String text) {
		Map<String, Object> settings = Map.of("bootstrap.servers", "localhost:" + this.settings.kafkaPort());
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(),
				new StringSerializer())) {
			producer.send(new ProducerRecord<>("orders", 0, null, text));
		}
	}

	private void pretendWhole() throws IOException {
		for (String file : List.of("postgres/PG_VERSION", "kafka/meta.properties")) {
			Path path = this.settings.state().resolve(file);
			Files.createDirectories(path.getParent());
			Files.writeString(path, "18");
		}
	}

	private void pack(String migration) throws IOException {
		Path jar = this.settings.jar(SERVICE);
		Files.createDirectories(jar.getParent());
		try (JarOutputStream archive = new JarOutputStream(Files.newOutputStream(jar))) {
			archive.putNextEntry(new JarEntry("BOOT-INF/classes/db/migration/V1__create.sql"));
			archive.write(migration.getBytes(StandardCharsets.UTF_8));
		}
	}

}
