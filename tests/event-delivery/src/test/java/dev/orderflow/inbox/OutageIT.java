package dev.orderflow.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;

import static dev.orderflow.testservice.ThingRecords.aThing;
import static dev.orderflow.testservice.ThingRecords.describe;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an outage only delays effects. Method: the database refuses the service, ends its
 * sessions or keeps a row locked; then effects, dead letters and the consumer group are
 * read.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutageIT extends InboxTest {

	@Test
	void waitsForARowLockAndAppliesTheEventOnce() throws SQLException {
		this.effects.when("contended", (event) -> this.jdbc.sql("""
				update total
				set amount = amount + 1
				where name = 'contended'""").update());
		try (Connection other = this.superuser.connect(); Statement lock = other.createStatement()) {
			other.setAutoCommit(false);
			lock.execute("select amount from total where name = 'contended' for update");
			double retries = retries("contention");
			topics.write(aThing("contended-1", "contended"));
			await().until(() -> this.effects.triesOf("contended-1") > 1);
			assertThat(retries("contention") - retries).isPositive();
			other.rollback();
		}

		await().untilAsserted(() -> assertThat(this.effects.effectsOf("contended-1")).isEqualTo(1));
		assertThat(deadLettersOf("contended-1")).isZero();
		assertThat(this.jdbc.sql("select amount from total where name = 'contended'").query(Integer.class).single())
			.isEqualTo(1);
	}

	@Test
	void waitsAnOutageOfTheDatabaseOutAsAMemberOfItsGroup(CapturedOutput output) {
		writeAndAwaitConsumed(aThing("before-outage", "a"));
		GroupState before = groupState();
		long deadLetters = deadLetters();
		double outages = retries("outage");
		this.superuser.beginOutage();
		try {
			topics.write(things("in-outage-", 50));
			await().until(() -> pausesIn(output) >= 3);
			assertThat(this.meters.get("inbox.paused").gauge().value()).isEqualTo(1);
			assertThat(retries("outage") - outages).isGreaterThanOrEqualTo(3);
			assertThat(groupState()).isEqualTo(before);
			assertThat(committed(THINGS, 0)).isEqualTo(committedIn(before));
		}
		finally {
			this.superuser.endOutage();
		}

		// The test reads through the same pool, which needs a moment, too.
		await().ignoreExceptionsInstanceOf(DataAccessException.class)
			.untilAsserted(() -> assertThat(this.effects.effectsOf("in-outage-49")).isEqualTo(1));
		writeAndAwaitConsumed(aThing("after-outage", "a"));
		assertThat(this.meters.get("inbox.paused").gauge().value()).isZero();
		assertAppliedOnce("in-outage-", 50);
		assertThat(deadLetters()).isEqualTo(deadLetters);
		assertThat(groupState().withoutOffsets()).isEqualTo(before.withoutOffsets());
	}

	@Test
	void deadLettersNothingWhenItsSessionsEndInTheMiddleOfTransactions() {
		this.effects.when("breaks-its-session", (event) -> {
			if (this.effects.triesOf(event.id()) <= 2 * ATTEMPTS_MAX) {
				this.superuser.terminate(this.jdbc.sql("select pg_backend_pid()").query(Integer.class).single());
				this.jdbc.sql("select 1").query(Integer.class).single();
			}
		});

		writeAndAwaitConsumed(aThing("session-broken", "breaks-its-session"));

		assertThat(this.effects.triesOf("session-broken")).isGreaterThan(2 * ATTEMPTS_MAX);
		assertThat(this.effects.effectsOf("session-broken")).isEqualTo(1);
		assertThat(deadLettersOf("session-broken")).isZero();
	}

	@Test
	void deadLettersNothingWhenThePoolHasNoConnection() {
		this.effects.when("no-connection", (event) -> {
			if (this.effects.triesOf(event.id()) <= 2 * ATTEMPTS_MAX) {
				throw new IllegalStateException("wrapped",
						new SQLTransientConnectionException("Connection is not available, request timed out"));
			}
		});

		writeAndAwaitConsumed(aThing("no-connection-1", "no-connection"));

		assertThat(this.effects.effectsOf("no-connection-1")).isEqualTo(1);
		assertThat(deadLettersOf("no-connection-1")).isZero();
	}

	@Test
	void goesOnConsumingAfterMemoryRanOut() {
		this.effects.when("memory-runs-out", (event) -> {
			if (this.effects.triesOf(event.id()) == 1) {
				throw new OutOfMemoryError("as the test says");
			}
		});

		writeAndAwaitConsumed(aThing("memory-1", "memory-runs-out"));

		assertThat(this.effects.effectsOf("memory-1")).isEqualTo(1);
		assertThat(deadLettersOf("memory-1")).isZero();
	}

	private static int pausesIn(CapturedOutput output) {
		return output.toString().split("outage: consumer pauses", -1).length - 1;
	}

	/** State of the group that a rebalance would change. */
	private record GroupState(Set<String> memberIds, Object groupEpoch, Map<TopicPartition, Long> committed) {

		GroupState withoutOffsets() {
			return new GroupState(this.memberIds, this.groupEpoch, Map.of());
		}

	}

	private static long committedIn(GroupState state) {
		return state.committed().getOrDefault(new TopicPartition(THINGS, 0), 0L);
	}

	private static GroupState groupState() {
		try {
			ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(SERVICE))
				.describedGroups()
				.get(SERVICE)
				.get(20, TimeUnit.SECONDS);
			Set<String> members = group.members()
				.stream()
				.map((member) -> member.consumerId() + " epoch " + member.memberEpoch())
				.collect(Collectors.toSet());
			return new GroupState(members, group.groupEpoch(), committed());
		}
		catch (Exception ex) {
			throw new IllegalStateException("Could not describe group " + SERVICE, ex);
		}
	}

}
