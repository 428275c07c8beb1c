package dev.orderflow.operator;

import java.util.List;
import java.util.Objects;

import dev.orderflow.problem.Problems;
import org.jspecify.annotations.Nullable;

/**
 * An action on a bounded number of letters, as a client sends it. For more letters the
 * client sends it again with the cursor of the last answer as {@code after}.
 *
 * @param by who decides; stands in the audit
 * @param ids which letters; excludes {@code filter}
 * @param filter which letters; an empty object means all
 * @param after only letters with higher ids; 0 by default
 * @param upTo only letters with ids up to this: those that came later stay untouched
 * @param limit most letters of this call, 1 to {@value #LIMIT_MAX}, the default
 * @param dryRun counts the letters, and changes nothing
 * @param confirm number of letters from {@code after} to {@code upTo}, to purge them
 */
record ActionRequest(@Nullable String by, @Nullable List<@Nullable Long> ids, @Nullable FilterRequest filter,
		@Nullable Long after, @Nullable Long upTo, @Nullable Integer limit, @Nullable Boolean dryRun,
		@Nullable Long confirm) {

	/** Most letters of one transaction. */
	static final int LIMIT_MAX = 1000;

	/** The letters that the action may change. */
	Letters letters(LetterAction action) {
		Problems.require(this.ids != null ^ this.filter != null, "filter", "either ids or filter", null);
		Problems.require(this.ids == null || isListOfIds(this.ids), "ids", "1 to %d numbers".formatted(LIMIT_MAX),
				this.ids);
		Problems.require(this.limit == null || (this.limit >= 1 && this.limit <= LIMIT_MAX), "limit",
				"a whole number from 1 to " + LIMIT_MAX, this.limit);
		LetterFilter filter = Objects.requireNonNullElse(this.filter, FilterRequest.NOTHING).filter();
		Problems.require(action.from().containsAll(filter.states()), "state", "one of " + action.from(),
				filter.states());
		if (this.ids != null) {
			List<Long> ids = this.ids.stream().map(Objects::requireNonNull).toList();
			filter = new LetterFilter(action.from(), ids, null, null, null, null, null, null, null);
		}
		else if (filter.states().isEmpty()) {
			filter = filter.withStates(action.byDefault());
		}
		return new Letters(filter, Objects.requireNonNullElse(this.after, 0L),
				Objects.requireNonNullElse(this.upTo, Long.MAX_VALUE),
				Objects.requireNonNullElse(this.limit, LIMIT_MAX));
	}

	private static boolean isListOfIds(List<@Nullable Long> ids) {
		return !ids.isEmpty() && ids.size() <= LIMIT_MAX && ids.stream().allMatch(Objects::nonNull);
	}

	/** Who decides. */
	String operator() {
		Problems.require(this.by != null, "by", "the name of the operator", null);
		return Objects.requireNonNull(FilterRequest.text("by", this.by));
	}

	/**
	 * The letters of one call.
	 *
	 * @param after only higher ids
	 * @param upTo only ids up to this
	 * @param limit most letters
	 */
	record Letters(LetterFilter filter, long after, long upTo, int limit) {
	}

}
