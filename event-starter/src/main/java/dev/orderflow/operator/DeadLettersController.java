package dev.orderflow.operator;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.orderflow.operator.ActionRequest.Letters;
import dev.orderflow.operator.LetterActions.Outcome;
import dev.orderflow.operator.LetterSearch.Count;
import dev.orderflow.operator.LetterSearch.Letter;
import dev.orderflow.outage.Outage;
import dev.orderflow.problem.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Dead letters on the management port, for those who have the operator's credential. Each
 * call is bounded: a list is a page, and an action changes up to
 * {@value ActionRequest#LIMIT_MAX} letters in one transaction. {@code bin/deadletters}
 * repeats the calls.
 */
@RestController
@RequestMapping(path = "${management.endpoints.web.base-path:/actuator}/deadletters",
		produces = MediaType.APPLICATION_JSON_VALUE)
final class DeadLettersController {

	private static final int PAGE_MAX = 500;

	/** SQLSTATE of a statement that took longer than it may. */
	private static final String QUERY_CANCELED = "57014";

	private final OperatorCredential credential;

	private final LetterSearch search;

	private final LetterActions actions;

	DeadLettersController(OperatorCredential credential, LetterSearch search, LetterActions actions) {
		this.credential = credential;
		this.search = search;
		this.actions = actions;
	}

	/** Runs before each of the others. */
	@ModelAttribute
	void requireOperator(
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		this.credential.require(authorization);
	}

	@GetMapping
	LetterPage list(@ModelAttribute FilterRequest filter, @RequestParam(defaultValue = "50") int limit,
			@RequestParam(required = false) @Nullable Long cursor) {
		Problems.require(limit >= 1 && limit <= PAGE_MAX, "limit", "a whole number from 1 to " + PAGE_MAX, limit);
		LetterFilter wanted = filter.filter();
		List<Letter> found = bounded(
				() -> this.search.page(wanted, Objects.requireNonNullElse(cursor, Long.MAX_VALUE), limit + 1));
		boolean isLast = found.size() <= limit;
		List<Letter> page = isLast ? found : found.subList(0, limit);
		return new LetterPage(page, isLast ? null : page.getLast().id());
	}

	@GetMapping("/count")
	Count count(@ModelAttribute FilterRequest filter) {
		LetterFilter wanted = filter.filter();
		return bounded(() -> this.search.count(wanted));
	}

	@GetMapping("/{id}")
	LetterContent show(@PathVariable long id) {
		return this.search.find(id)
			.orElseThrow(() -> Problems.notFound("dead-letter", "No dead letter has the id " + id));
	}

	@PostMapping(path = "/{name:redrive|park|resume|purge}", consumes = MediaType.APPLICATION_JSON_VALUE)
	ActionAnswer carryOut(@PathVariable String name, @RequestBody ActionRequest request) {
		LetterAction action = LetterAction.valueOf(name.toUpperCase(Locale.ROOT));
		String operator = request.operator();
		Letters letters = request.letters(action);
		if (Boolean.TRUE.equals(request.dryRun())) {
			Count count = bounded(() -> this.search.count(letters.filter()));
			return new ActionAnswer(true, count.count(), count.lastId(), null);
		}
		Outcome outcome = bounded(() -> (action == LetterAction.PURGE) ? purge(operator, letters, request.confirm())
				: this.actions.carryOut(action, operator, letters));
		return new ActionAnswer(false, outcome.changed(), null, outcome.cursor());
	}

	private Outcome purge(String operator, Letters letters, @Nullable Long confirmed) {
		Outcome outcome = (confirmed != null)
				? this.actions.carryOutConfirmed(LetterAction.PURGE, operator, letters, confirmed) : null;
		if (outcome == null) {
			throw Problems.refused(HttpStatus.CONFLICT, "not-confirmed",
					"Purging erases payloads: expected confirm to be the number of letters, which is %d, found %s"
						.formatted(this.actions.count(letters), confirmed));
		}
		return outcome;
	}

	/** A search without an index may take too long in a large table. */
	private static <T> T bounded(Supplier<T> search) {
		try {
			return search.get();
		}
		catch (DataAccessException ex) {
			if (QUERY_CANCELED.equals(Outage.sqlState(ex))) {
				throw Problems.refused(HttpStatus.UNPROCESSABLE_CONTENT, "search-too-slow",
						"The search took too long: name a state, a type or a key as well");
			}
			throw ex;
		}
	}

	/**
	 * A page of letters.
	 *
	 * @param nextCursor where the next page begins; null on the last one
	 */
	record LetterPage(List<Letter> items, @Nullable Long nextCursor) {

		LetterPage {
			items = List.copyOf(items);
		}

	}

	/**
	 * What an action did, or would do.
	 *
	 * @param letters number of letters changed by this call, or in a dry run the number
	 * of letters that calls would change
	 * @param lastId of a dry run: the highest id among them, for {@code upTo}
	 * @param cursor where the next call goes on; null if there are no more
	 */
	record ActionAnswer(boolean dryRun, long letters, @Nullable Long lastId, @Nullable Long cursor) {
	}

}
