package dev.orderflow.operator;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.orderflow.deadletter.LetterState;
import dev.orderflow.operator.ActionRequest.Letters;
import dev.orderflow.test.TopicReader;
import dev.orderflow.test.TopicWriter;
import dev.orderflow.testservice.RunningTestService;
import dev.orderflow.testservice.ThingEffects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import org.springframework.beans.factory.annotation.Autowired;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/** Makes dead letters in the running service, and reads what becomes of them. */
abstract class OperatorTest extends RunningTestService {

	protected static final String ALICE = "alice";

	@Autowired
	protected LetterActions actions;

	@Autowired
	protected LetterSearch search;

	@Autowired
	protected ThingEffects effects;

	/** Writes a thing that fails until {@link #tolerate} and returns its letter's id. */
	protected long aPoisonedLetter(String id) {
		poison(id);
		write(aThing(id, id));
		awaitLetter(id);
		return idOf(id);
	}

	protected void awaitLetter(String key) {
		await()
			.untilAsserted(() -> assertThat(this.jdbc.sql("select count(*) from dead_letter where message_key = :key")
				.param("key", bytes(key))
				.query(Integer.class)
				.single()).isEqualTo(1));
	}

	protected void poison(String name) {
		this.effects.when(name, (event) -> {
			throw new IllegalStateException("Expected no poison, found " + event.id());
		});
	}

	/** What a deployment of a tolerant handler does. */
	protected void tolerate(String name) {
		this.effects.when(name, (event) -> {
		});
	}

	protected static void write(ProducerRecord<byte[], byte[]> record) {
		try (TopicWriter topics = new TopicWriter()) {
			topics.write(record);
		}
	}

	protected int redrive(Long... ids) {
		return this.actions.carryOut(LetterAction.REDRIVE, ALICE, only(LetterAction.REDRIVE, ids)).changed();
	}

	protected static Letters only(LetterAction action, Long... ids) {
		return new Letters(new LetterFilter(action.from(), List.of(ids), null, null, null, null, null, null, null), 0,
				Long.MAX_VALUE, ActionRequest.LIMIT_MAX);
	}

	protected static LetterFilter ofKey(String key, LetterState... states) {
		return new LetterFilter(Set.of(states), List.of(), null, null, key, null, null, null, null);
	}

	protected Map<String, Object> letterOf(String key) {
		return this.jdbc.sql("""
				select id, state, redrives, attempts, reason, resolution, payload, settled_at, digest, event_type
				from dead_letter
				where message_key = :key""").param("key", bytes(key)).query().singleRow();
	}

	protected long idOf(String key) {
		return (long) letterOf(key).get("id");
	}

	protected void awaitState(String key, String state) {
		await().untilAsserted(() -> assertThat(letterOf(key)).as(key).containsEntry("state", state));
	}

	/** Who did what, with the first word of the outcome, oldest first. */
	protected List<String> auditOf(long id) {
		return this.jdbc.sql("""
				select operator || ' ' || action || ' ' || split_part(outcome, ':', 1)
				from operator_audit
				where dead_letter_id = :id
				order by id""").param("id", id).query(String.class).list();
	}

	protected static List<ConsumerRecord<byte[], byte[]>> recordsOf(String topic, String key) {
		return TopicReader.read(topic).stream().filter((record) -> Arrays.equals(record.key(), bytes(key))).toList();
	}

}
