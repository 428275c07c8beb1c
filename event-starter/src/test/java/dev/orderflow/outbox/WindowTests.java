package dev.orderflow.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.orderflow.outbox.WaitingRow.OrderedBy;
import dev.orderflow.outbox.Window.Partition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WindowTests {

	private static final Partition FIRST = new Partition("parcels", 0);

	private static final Partition SECOND = new Partition("parcels", 1);

	private static final Partition OTHER = new Partition("other", 0);

	private final Window window = new Window(80, 8000);

	@Test
	void holdsOneRowOfAKey() {
		assertThat(this.window.offer(row(1, "a", 10), FIRST)).isTrue();
		assertThat(this.window.offer(row(2, "a", 10), FIRST)).isFalse();
		assertThat(this.window.offer(row(3, "b", 10), FIRST)).isTrue();

		this.window.remove(1);

		assertThat(this.window.offer(row(2, "a", 10), FIRST)).isTrue();
	}

	@Test
	void holdsManyRowsWithoutAKey() {
		assertThat(this.window.offer(row(1, null, 10), FIRST)).isTrue();
		assertThat(this.window.offer(row(2, null, 10), FIRST)).isTrue();
	}

	@Test
	void leavesRoomForOtherPartitionsBesideOneThatTakesNothing() {
		for (int id = 1; id <= 10; id++) {
			assertThat(this.window.offer(row(id, "key-" + id, 10), FIRST)).isTrue();
		}

		assertThat(this.window.offer(row(11, "key-11", 10), FIRST)).isFalse();
		assertThat(this.window.offer(row(12, "key-12", 10), SECOND)).isTrue();
	}

	@Test
	void isBoundedByBytes() {
		assertThat(this.window.offer(row(1, "a", 900), FIRST)).isTrue();
		assertThat(this.window.offer(row(2, "b", 200), FIRST)).as("above the share of a partition").isFalse();
		assertThat(this.window.offer(row(3, "c", 3200), SECOND)).as("above the share of a topic").isFalse();
		assertThat(this.window.offer(row(3, "c", 3000), SECOND)).as("alone in its partition").isTrue();
		assertThat(this.window.offer(other(4, 4200), OTHER)).as("above the whole").isFalse();
		assertThat(this.window.offer(other(4, 4000), OTHER)).as("alone in its topic").isTrue();
		assertThat(this.window.hasRoomFor(1)).isFalse();
	}

	@Test
	void takesOneRowLargerThanItselfBesideOthers() {
		assertThat(this.window.offer(row(1, "a", 900), FIRST)).isTrue();
		assertThat(this.window.offer(row(2, "b", 100_000), FIRST)).isTrue();
		assertThat(this.window.offer(row(3, "c", 100_000), SECOND)).as("a second one").isFalse();
		assertThat(this.window.offer(row(4, "d", 900), SECOND)).isTrue();

		this.window.remove(2);

		assertThat(this.window.offer(row(3, "c", 100_000), SECOND)).isTrue();
	}

	@Test
	void leavesRoomForOtherTopicsBesideOneThatTakesNothing() {
		for (int id = 1; id <= 40; id++) {
			assertThat(this.window.offer(row(id, "key-" + id, 1), new Partition("parcels", id % 12))).isTrue();
		}

		assertThat(this.window.offer(row(41, "key-41", 1), SECOND)).isFalse();
		assertThat(this.window.offer(other(42, 1), OTHER)).isTrue();
	}

	private static WaitingRow other(long id, long bytes) {
		return new WaitingRow(id, OrderedBy.of("other", null), bytes, 0, Instant.EPOCH);
	}

	private static WaitingRow row(long id, String key, long bytes) {
		return new WaitingRow(id, OrderedBy.of("parcels", (key != null) ? key.getBytes(StandardCharsets.UTF_8) : null),
				bytes, 0, Instant.EPOCH);
	}

}
