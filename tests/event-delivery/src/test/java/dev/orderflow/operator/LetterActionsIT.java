package dev.orderflow.operator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import dev.orderflow.deadletter.LetterState;
import dev.orderflow.operator.ActionRequest.Letters;
import dev.orderflow.operator.LetterSearch.Letter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: letters are found, parked, resumed and purged as asked, a page at a time. Method:
 * letters are written to the table, and no consumer is involved.
 */
class LetterActionsIT extends OperatorTest {

	private static final String HANDLER = "of-the-table";

	@BeforeEach
	void clear() {
		this.jdbc.sql("delete from dead_letter where handler = :handler").param("handler", HANDLER).update();
	}

	@Test
	void findsLettersByEachFilterInPagesNewestFirst() {
		insert("page-", 5, "Too Large: 12 bytes", "test.paged.v1");
		insert("other-", 1, "else", "test.other.v1");

		List<Letter> first = this.search.page(ofHandler(), Long.MAX_VALUE, 4);
		List<Letter> second = this.search.page(ofHandler(), first.getLast().id(), 4);

		assertThat(first).extracting(Letter::key).containsExactly("other-0", "page-4", "page-3", "page-2");
		assertThat(second).extracting(Letter::key).containsExactly("page-1", "page-0");
		assertThat(pageOf(filter("test.paged.v1", null, null, null, null))).hasSize(5);
		assertThat(pageOf(filter(null, "page-3", null, null, null))).singleElement()
			.satisfies((letter) -> assertThat(letter.type()).isEqualTo("test.paged.v1"));
		assertThat(pageOf(filter(null, null, "too large", null, null))).hasSize(5);
		assertThat(pageOf(filter(null, null, "%", null, null))).isEmpty();
		assertThat(pageOf(filter(null, null, null, Duration.ofMinutes(30), null))).hasSize(6);
		assertThat(pageOf(filter(null, null, null, Duration.ofHours(2), null))).isEmpty();
		assertThat(pageOf(filter(null, null, null, null, Duration.ofHours(2)))).hasSize(6);
		assertThat(this.search.count(ofHandler()).states()).containsOnlyKeys(LetterState.OPEN);
		assertThat(this.search.count(ofHandler()).lastId()).isEqualTo(first.getFirst().id());
	}

	@Test
	void leavesLettersInOtherStates() {
		insert("states-", 3, "reason", "test.states.v1");
		long parked = idOf("states-0");

		carryOut(LetterAction.PARK, only(LetterAction.PARK, parked));

		assertThat(carryOut(LetterAction.PARK, all(LetterAction.PARK))).as("the other two").isEqualTo(2);
		assertThat(carryOut(LetterAction.REDRIVE, all(LetterAction.REDRIVE))).isZero();
		assertThat(carryOut(LetterAction.RESUME, all(LetterAction.RESUME))).isEqualTo(3);
		assertThat(auditOf(parked)).containsExactly("alice PARK PARKED", "alice RESUME OPEN");
	}

	@Test
	void purgesOnlyAsManyLettersAsWereConfirmed() {
		insert("purged-", 3, "reason", "test.purged.v1");
		Letters letters = all(LetterAction.PURGE);

		assertThat(this.actions.carryOutConfirmed(LetterAction.PURGE, ALICE, letters, 2)).isNull();
		assertThat(letterOf("purged-0")).containsEntry("state", "OPEN");
		assertThat(this.actions.carryOutConfirmed(LetterAction.PURGE, ALICE, letters, 3).changed()).isEqualTo(3);

		assertThat(letterOf("purged-0")).containsEntry("state", "PURGED").containsEntry("payload", null);
		assertThat(letterOf("purged-0").get("settled_at")).isNotNull();
		assertThat(auditOf(idOf("purged-0"))).containsExactly("alice PURGE PURGED");
		assertThat(carryOut(LetterAction.RESUME, only(LetterAction.RESUME, idOf("purged-0")))).isZero();
	}

	@Test
	void changesNoMorePayloadInATransactionThanItMay() {
		this.jdbc
			.sql("""
					insert into dead_letter (handler, origin_topic, origin_partition, origin_offset, digest, message_key,
					  header_names, header_values, payload, reason, attempts, dead_at)
					select :handler, 'nowhere', 0, number, 'large', 'large', '{}', '{}', convert_to(repeat('x', 12000000), 'UTF8'), 'large', 1, now()
					from generate_series(1, 4) as number""")
			.param("handler", HANDLER)
			.update();

		var first = this.actions.carryOut(LetterAction.PARK, ALICE, all(LetterAction.PARK));

		assertThat(first.changed()).isEqualTo(2);
		assertThat(first.cursor()).isNotNull();
	}

	private int carryOut(LetterAction action, Letters letters) {
		return this.actions.carryOut(action, ALICE, letters).changed();
	}

	private static Letters all(LetterAction action) {
		return new Letters(ofHandler().withStates(action.byDefault()), 0, Long.MAX_VALUE, 100);
	}

	private static LetterFilter ofHandler() {
		return filter(null, null, null, null, null);
	}

	private static LetterFilter filter(String type, String key, String reason, Duration olderThan, Duration newerThan) {
		return new LetterFilter(Set.of(), List.of(), null, type, key, HANDLER, reason, olderThan, newerThan);
	}

	private List<Letter> pageOf(LetterFilter filter) {
		return this.search.page(filter, Long.MAX_VALUE, 100);
	}

	/** Letters that died an hour ago. */
	private void insert(String prefix, int count, String reason, String type) {
		IntStream.range(0, count)
			.forEach((i) -> this.jdbc
				.sql("""
						insert into dead_letter (handler, origin_topic, origin_partition, origin_offset, digest, message_key,
						  header_names, header_values, payload, reason, attempts, dead_at)
						values (:handler, 'nowhere', 0, :offset, convert_to(:key, 'UTF8'), convert_to(:key, 'UTF8'),
						  array['ce_type'::bytea], array[convert_to(:type, 'UTF8')], '{}', :reason, 1, now() - interval '1 hour')""")
				.param("handler", HANDLER)
				.param("offset", i)
				.param("key", prefix + i)
				.param("type", type)
				.param("reason", reason)
				.update());
	}

}
