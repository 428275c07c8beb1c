package dev.orderflow.operator;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.orderflow.deadletter.DeadLetter;
import dev.orderflow.deadletter.DeadLetters;
import dev.orderflow.operator.ActionRequest.Letters;
import dev.orderflow.operator.LetterActions.Outcome;
import dev.orderflow.testservice.TestService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.anEvent;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static dev.orderflow.testservice.ThingRecords.describe;
import static dev.orderflow.testservice.ThingRecords.polled;
import static dev.orderflow.testservice.ThingRecords.text;
import static dev.orderflow.testservice.ThingRecords.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Goal: a redriven letter takes effect once and its row says how it ended, whatever fails
 * in between and whatever a stranger writes to the replay topic. Method: things are
 * poison until the test says otherwise; their letters are redriven through the outbox and
 * the replay topic of the running service.
 */
class RedriveIT extends OperatorTest {

	@Autowired
	private DeadLetters deadLetters;

	@Autowired
	private TransactionTemplate transaction;

	@Autowired
	private SmartLifecycle outboxRelay;

	@Autowired
	private Environment environment;

	@Test
	void appliesALetterOnceThatIsRedrivenAfterItsHandlerBecameTolerant() {
		ProducerRecord<byte[], byte[]> thing = aThing("redriven", "redriven");
		thing.headers().add("dlq-id", bytes("77")).add("NUL \0", null);
		poison("redriven");
		write(thing);
		awaitLetter("redriven");
		tolerate("redriven");

		assertThat(redrive(idOf("redriven"))).isEqualTo(1);

		awaitState("redriven", "RESOLVED");
		assertThat(letterOf("redriven")).containsEntry("resolution", "APPLIED").containsEntry("redrives", 1);
		assertThat(this.effects.effectsOf("redriven")).isEqualTo(1);
		assertThat(auditOf(idOf("redriven"))).containsExactly("alice REDRIVE REDRIVEN", "inbox PROCESS RESOLVED");
		assertThat(recordsOf(DLQ, "redriven")).hasSize(1);
		ConsumerRecord<byte[], byte[]> replayed = recordsOf(REPLAY, "redriven").getFirst();
		assertThat(replayed.value()).isEqualTo(thing.value());
		List<String> headers = describe(thing.headers());
		assertThat(describe(replayed.headers()).subList(0, headers.size())).isEqualTo(headers);
		assertThat(text(replayed.headers().lastHeader("dlq-id").value())).isEqualTo(Long.toString(idOf("redriven")));
	}

	@Test
	void closesALetterAsAlreadyAppliedWhoseEventTookEffectMeanwhile() {
		long id = aPoisonedLetter("applied-before");
		tolerate("applied-before");
		write(aThing("applied-before", "applied-before"));
		await().untilAsserted(() -> assertThat(this.effects.effectsOf("applied-before")).isEqualTo(1));

		redrive(id);

		awaitState("applied-before", "RESOLVED");
		assertThat(letterOf("applied-before")).containsEntry("resolution", "ALREADY_APPLIED");
		assertThat(this.effects.effectsOf("applied-before")).isEqualTo(1);
	}

	@Test
	void opensALetterThatFailsAgainAndParksItAfterItsLastRedrive() {
		long id = aPoisonedLetter("stubborn");
		this.effects.when("stubborn", (event) -> {
			throw new IllegalStateException("Another reason");
		});

		redrive(id);
		await().untilAsserted(() -> assertThat(letterOf("stubborn")).containsEntry("attempts", 6));
		assertThat(letterOf("stubborn")).containsEntry("state", "OPEN").containsEntry("redrives", 1);
		assertThat(letterOf("stubborn").get("reason")).asString().contains("Another reason");
		redrive(id);

		awaitState("stubborn", "PARKED");
		assertThat(letterOf("stubborn")).containsEntry("attempts", 9).containsEntry("redrives", 2);
		assertThat(recordsOf(DLQ, "stubborn")).hasSize(1);
		assertThat(redrive(id)).as("parked letters stay parked").isZero();
		this.actions.carryOut(LetterAction.RESUME, ALICE, only(LetterAction.RESUME, id));
		assertThat(letterOf("stubborn")).containsEntry("state", "OPEN");
		assertThat(auditOf(id)).containsExactly("alice REDRIVE REDRIVEN", "inbox PROCESS OPEN",
				"alice REDRIVE REDRIVEN", "inbox PROCESS PARKED", "alice RESUME OPEN");
	}

	@Test
	void closesALetterWhoseTypeTheHandlerNoLongerTakes() {
		ProducerRecord<byte[], byte[]> retired = anEvent("retired", "test.retired.v1", "{}");
		this.transaction.executeWithoutResult((status) -> this.deadLetters.store(SERVICE,
				List.of(new DeadLetter(polled(retired, 2_000_000), "of an earlier release", 1))));

		redrive(idOf("retired"));

		awaitState("retired", "RESOLVED");
		assertThat(letterOf("retired")).containsEntry("resolution", "SKIPPED")
			.containsEntry("event_type", "test.retired.v1");
	}

	@Test
	void changesNothingWhenAReplayedRecordIsDeliveredAgain() {
		long applied = aPoisonedLetter("again-applied");
		long failed = aPoisonedLetter("again-failed");
		tolerate("again-applied");
		redrive(applied, failed);
		awaitState("again-applied", "RESOLVED");
		await().untilAsserted(() -> assertThat(letterOf("again-failed")).containsEntry("attempts", 6));
		int tries = this.effects.triesOf("again-failed");

		write(copyOf(recordsOf(REPLAY, "again-applied").getFirst()));
		write(copyOf(recordsOf(REPLAY, "again-failed").getFirst()));
		int partition = recordsOf(REPLAY, "again-failed").getFirst().partition();
		write(new ProducerRecord<>(REPLAY, partition, bytes("after-again"), aThing("after-again", "a").value(),
				aThing("after-again", "a").headers()));

		await().untilAsserted(() -> assertThat(this.effects.effectsOf("after-again")).isEqualTo(1));
		assertThat(this.effects.effectsOf("again-applied")).isEqualTo(1);
		assertThat(this.effects.triesOf("again-failed")).isEqualTo(tries);
		assertThat(letterOf("again-failed")).containsEntry("state", "OPEN").containsEntry("attempts", 6);
		assertThat(auditOf(applied)).hasSize(2);
		assertThat(auditOf(failed)).hasSize(2);
	}

	@Test
	void letsNoForgedIdCloseAnotherLetter() {
		long victim = aPoisonedLetter("victim");
		setState(victim, "REDRIVEN");
		poison("forged-poison");
		List<String> forged = List.of("", "x", "-1", "99999999999999999999", "4294967296", Long.toString(victim));
		for (int i = 0; i < forged.size(); i++) {
			write(forged(aThing("forged-" + i, "a"), forged.get(i)));
		}
		write(forged(aThing("forged-poison", "forged-poison"), Long.toString(victim)));

		awaitLetter("forged-poison");
		for (int i = 0; i < forged.size(); i++) {
			String id = "forged-" + i;
			await().untilAsserted(() -> assertThat(this.effects.effectsOf(id)).as(id).isEqualTo(1));
		}
		assertThat(letterOf("victim")).containsEntry("state", "REDRIVEN");
		assertThat(auditOf(victim)).isEmpty();
		setState(victim, "PARKED");
	}

	@Test
	void redrivesEachLetterOnceForTwoOperatorsAtOnce() throws Exception {
		Long[] ids = IntStream.range(0, 200).mapToObj((i) -> storedLetter("both-" + i)).toArray(Long[]::new);
		this.outboxRelay.stop();
		try (ExecutorService operators = Executors.newFixedThreadPool(2)) {
			Callable<Integer> redriveAll = () -> redriveInPages(10, ids);
			List<Future<Integer>> redriven = operators.invokeAll(List.of(redriveAll, redriveAll), 60, TimeUnit.SECONDS);

			assertThat(redriven.get(0).get() + redriven.get(1).get()).isEqualTo(ids.length);
			assertThat(Stream.of(ids)).allMatch((id) -> auditOf(id).size() == 1);
			assertThat(outboxRowsLike("both-%")).isEqualTo(ids.length);
		}
		finally {
			this.outboxRelay.start();
		}
		for (int i = 0; i < ids.length; i++) {
			awaitState("both-" + i, "RESOLVED");
		}
	}

	@Test
	void redrivesNothingWhenItFailsHalfWay() {
		long id = storedLetter("half-way");
		for (String table : List.of("outbox_event", "operator_audit")) {
			this.superuser.execute("""
					create function half_way() returns trigger language plpgsql as
					$$ begin raise exception 'as the test says'; end $$""");
			this.superuser
				.execute("create trigger half_way before insert on %s for each row execute function half_way()"
					.formatted(table));
			try {
				assertThatThrownBy(() -> redrive(id)).hasStackTraceContaining("as the test says");
			}
			finally {
				this.superuser.execute("drop function half_way() cascade");
			}

			assertThat(letterOf("half-way")).as(table).containsEntry("state", "OPEN").containsEntry("redrives", 0);
			assertThat(outboxRowsLike("half-way")).as(table).isZero();
			assertThat(auditOf(id)).as(table).isEmpty();
		}
	}

	@Test
	void resolvesEachLetterOnceBetweenTwoMembers() {
		Long[] ids = IntStream.range(0, 60).mapToObj((i) -> storedLetter("shared-" + i)).toArray(Long[]::new);
		try (ConfigurableApplicationContext second = new SpringApplicationBuilder(TestService.class)
			.web(WebApplicationType.NONE)
			.run(Stream
				.of("spring.datasource.url", "spring.datasource.username", "spring.datasource.password",
						"spring.flyway.user", "spring.flyway.password", "spring.kafka.bootstrap-servers")
				.map((name) -> "--" + name + "=" + this.environment.getRequiredProperty(name))
				.toArray(String[]::new))) {
			redriveInPages(7, ids);

			for (int i = 0; i < ids.length; i++) {
				awaitState("shared-" + i, "RESOLVED");
				assertThat(this.effects.effectsOf("shared-" + i)).isEqualTo(1);
			}
			assertThat(Stream.of(ids)).allMatch((id) -> auditOf(id).size() == 2);
			assertThat(second.isRunning()).isTrue();
		}
	}

	@Test
	void sendsTheLettersOfAKeyInTheOrderInWhichTheyDied() {
		this.outboxRelay.stop();
		try {
			List<Long> ids = IntStream.range(0, 20).mapToObj((i) -> storedLetter("ordered-" + i)).toList();

			redrive(ids.reversed().toArray(Long[]::new));

			assertThat(this.jdbc.sql("""
					select convert_from(message_key, 'UTF8')
					from outbox_event
					where topic = :topic and convert_from(message_key, 'UTF8') like 'ordered-%'
					order by id""").param("topic", REPLAY).query(String.class).list())
				.isEqualTo(IntStream.range(0, 20).mapToObj((i) -> "ordered-" + i).toList());
		}
		finally {
			this.outboxRelay.start();
		}
	}

	/** V7 gives such a digest to letters from before digests. */
	@Test
	void computesTheSameDigestInSql() {
		ProducerRecord<byte[], byte[]> thing = aThing("digested", "a");
		thing.headers().add("repeated", bytes("1")).add("repeated", null).add("NUL \0", new byte[] { 0, -1 });
		long id = stored(thing);

		assertThat(this.jdbc.sql("""
				select sha256(
				    int4send(coalesce(octet_length(message_key), -1)) || coalesce(message_key, '')
				      || int4send(coalesce(octet_length(payload), -1)) || coalesce(payload, '')
				      || coalesce((
				        select string_agg(int4send(octet_length(name)) || name
				          || int4send(coalesce(octet_length(value), -1)) || coalesce(value, ''), '' order by position)
				        from unnest(header_names, header_values) with ordinality as header (name, value, position)
				      ), '')
				  )
				from dead_letter
				where id = :id""").param("id", id).query(byte[].class).single())
			.isEqualTo(letterOf("digested").get("digest"));
	}

	private int redriveInPages(int limit, Long... ids) {
		Letters all = only(LetterAction.REDRIVE, ids);
		int redriven = 0;
		Outcome outcome = new Outcome(0, 0L);
		while (outcome.cursor() != null) {
			outcome = this.actions.carryOut(LetterAction.REDRIVE, ALICE,
					new Letters(all.filter(), outcome.cursor(), all.upTo(), limit));
			redriven += outcome.changed();
		}
		return redriven;
	}

	/** The letter of a sound thing. */
	private long storedLetter(String id) {
		return stored(aThing(id, "a"));
	}

	private long stored(ProducerRecord<byte[], byte[]> record) {
		this.transaction.executeWithoutResult((status) -> this.deadLetters.store(SERVICE,
				List.of(new DeadLetter(polled(record, 2_000_000), "as the test says", 1))));
		return idOf(text(record.key()));
	}

	private int outboxRowsLike(String pattern) {
		return this.jdbc.sql("""
				select count(*)
				from outbox_event
				where topic = :topic and convert_from(message_key, 'UTF8') like :pattern""")
			.param("topic", REPLAY)
			.param("pattern", pattern)
			.query(Integer.class)
			.single();
	}

	private void setState(long id, String state) {
		this.jdbc.sql("update dead_letter set state = :state where id = :id")
			.param("id", id)
			.param("state", state)
			.update();
	}

	private static ProducerRecord<byte[], byte[]> forged(ProducerRecord<byte[], byte[]> record, String id) {
		record.headers().add("dlq-id", bytes(id));
		return to(REPLAY, record);
	}

	private static ProducerRecord<byte[], byte[]> copyOf(ConsumerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(), record.headers());
	}

}
