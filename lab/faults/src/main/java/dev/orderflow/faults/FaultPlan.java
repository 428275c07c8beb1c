package dev.orderflow.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Which faults happen, on what and for how long. In a random plan every kind happens once
 * before any happens again, and a kind goes through its subjects likewise. The same seed
 * and faults give the same plan.
 */
final class FaultPlan {

	private static final int PAUSE_MILLIS_MIN = 1000;

	private static final int PAUSE_MILLIS_MAX = 4000;

	private FaultPlan() {
	}

	/** An endless random plan. */
	static Iterator<PlannedFault> random(List<Fault> faults, long seed) {
		if (faults.isEmpty()) {
			throw new IllegalArgumentException("No faults to choose from");
		}
		Random random = new Random(seed);
		List<Round<String>> subjects = faults.stream().map((fault) -> new Round<>(fault.subjects(), random)).toList();
		Round<Integer> kinds = new Round<>(Stream.iterate(0, (kind) -> kind + 1).limit(faults.size()).toList(), random);
		return Stream.generate(() -> {
			int kind = kinds.next();
			Fault fault = faults.get(kind);
			return new PlannedFault(fault, subjects.get(kind).next(),
					Duration.ofMillis(between(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX, random)),
					Duration.ofMillis(between(fault.holdMin().toMillis(), fault.holdMax().toMillis(), random)));
		}).iterator();
	}

	private static long between(long min, long max, Random random) {
		return min + random.nextLong(max - min + 1);
	}

	/**
	 * A plan that a person wrote.
	 * @param texts each {@code KIND:SUBJECT:SECONDS}
	 * @throws IllegalArgumentException names what was expected
	 */
	static List<PlannedFault> of(List<String> texts, List<Fault> faults) {
		return texts.stream().map((text) -> parse(text, faults)).toList();
	}

	private static PlannedFault parse(String text, List<Fault> faults) {
		String[] parts = text.split(":");
		if (parts.length != 3 || !parts[2].matches("\\d{1,4}")) {
			throw new IllegalArgumentException(
					"Invalid fault '%s': expected KIND:SUBJECT:SECONDS, like database-closed:analytics-service:180"
						.formatted(text));
		}
		Fault fault = named(parts[0], faults);
		if (!fault.subjects().contains(parts[1])) {
			throw new IllegalArgumentException("Unknown subject '%s' of %s: expected one of %s".formatted(parts[1],
					fault.name(), fault.subjects()));
		}
		return new PlannedFault(fault, parts[1], Duration.ofSeconds(5), Duration.ofSeconds(Integer.parseInt(parts[2])));
	}

	/** The fault of that name. */
	static Fault named(String name, List<Fault> faults) {
		return faults.stream()
			.filter((fault) -> fault.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown fault '%s': expected one of %s".formatted(name,
					faults.stream().map(Fault::name).toList())));
	}

	/** Draws each of some values once before it draws any again. */
	private static final class Round<T> {

		private final List<T> values;

		private final Random random;

		private final List<T> left = new ArrayList<>();

		Round(List<T> values, Random random) {
			this.values = List.copyOf(values);
			this.random = random;
		}

		T next() {
			if (this.left.isEmpty()) {
				this.left.addAll(this.values);
				Collections.shuffle(this.left, this.random);
			}
			return this.left.removeLast();
		}

	}

}
