package dev.orderflow.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One comparison.
 *
 * @param what what was compared
 * @param expected the expected value
 * @param found the value found
 * @param holds whether the two are equal
 * @param examples mismatches, at most {@value #EXAMPLES_MAX}
 */
public record Check(String what, String expected, String found, boolean holds, List<String> examples) {

	/** The most mismatches that are named. */
	public static final int EXAMPLES_MAX = 5;

	public Check {
		examples = examples.stream().limit(EXAMPLES_MAX).toList();
	}

	static Check equal(String what, Object expected, Object found) {
		return new Check(what, expected.toString(), found.toString(), Objects.equals(expected, found), List.of());
	}

	/** Compares two sets; members of only one of them are the examples. */
	static <T> Check sameMembers(String what, Set<T> expected, Set<T> found) {
		List<String> misfits = new ArrayList<>();
		expected.stream()
			.filter((member) -> !found.contains(member))
			.forEach((member) -> misfits.add("missing " + member));
		found.stream()
			.filter((member) -> !expected.contains(member))
			.forEach((member) -> misfits.add("unknown " + member));
		return new Check(what, Integer.toString(expected.size()), Integer.toString(found.size()), misfits.isEmpty(),
				misfits);
	}

	/**
	 * Compares two maps; keys whose entries differ are the examples.
	 */
	static <K, V> Check sameEntries(String what, Map<K, V> expected, Map<K, V> found) {
		Set<K> keys = new HashSet<>(expected.keySet());
		keys.addAll(found.keySet());
		List<String> misfits = keys.stream()
			.filter((key) -> !Objects.equals(expected.get(key), found.get(key)))
			.map((key) -> "%s: expected %s, found %s".formatted(key, orNothing(expected.get(key)),
					orNothing(found.get(key))))
			.sorted()
			.toList();
		return allFit(what, keys.size(), misfits);
	}

	private static Object orNothing(@Nullable Object value) {
		return (value != null) ? value : "nothing";
	}

	/** Holds if there are no mismatches among {@code all} items. */
	static Check allFit(String what, int all, Collection<String> misfits) {
		return new Check(what, Integer.toString(all), Integer.toString(all - misfits.size()), misfits.isEmpty(),
				List.copyOf(misfits));
	}

	static Check information(String what, Object found) {
		return new Check(what, "-", found.toString(), true, List.of());
	}

}
