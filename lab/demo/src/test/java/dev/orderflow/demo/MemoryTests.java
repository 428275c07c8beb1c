package dev.orderflow.demo;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryTests {

	private static final long MIB = 1024 * 1024;

	@Test
	void addsUpShares() {
		Memory memory = new Memory(List.of(new Memory.Share("kafka", 1, Optional.of(300 * MIB)),
				new Memory.Share("postgres", 31, Optional.of(80 * MIB))));

		assertThat(memory.bytes()).contains(380 * MIB);
		assertThat(memory.table().lines()).containsExactly("memory (PSS)             processes         MiB",
				"kafka                            1         300", "postgres                        31          80",
				"all                             32         380");
	}

	@Test
	void marksWhatItCannotMeasure() {
		Memory memory = new Memory(List.of(new Memory.Share("kafka", 1, Optional.of(300 * MIB)),
				new Memory.Share("postgres", 1, Optional.empty())));

		assertThat(memory.bytes()).isEmpty();
		assertThat(memory.table()).contains("Not measured").containsPattern("all +2 +-");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void measuresThisProcess() {
		long pid = ProcessHandle.current().pid();

		Memory memory = Memory.of(List.of(new Leftovers.Recorded("this", pid, "-")));

		assertThat(memory.bytes().orElse(0L)).isBetween(10 * MIB, 4096 * MIB);
	}

}
