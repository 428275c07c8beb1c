package dev.orderflow.operator;

import java.time.Instant;
import java.util.List;

import dev.orderflow.outbox.ParkedRows;
import dev.orderflow.outbox.ParkedRows.ParkedRow;
import dev.orderflow.problem.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
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
 * Parked outbox rows on the management port, for those who have the operator's
 * credential.
 */
@RestController
@RequestMapping(path = "${management.endpoints.web.base-path:/actuator}/deadletters/outbox",
		produces = MediaType.APPLICATION_JSON_VALUE)
final class ParkedRowsController {

	private static final int PAGE_MAX = 500;

	private final OperatorCredential credential;

	private final ParkedRows rows;

	private final ReleaseParkedRows release;

	ParkedRowsController(OperatorCredential credential, ParkedRows rows, ReleaseParkedRows release) {
		this.credential = credential;
		this.rows = rows;
		this.release = release;
	}

	/** Runs before each of the others. */
	@ModelAttribute
	void requireOperator(
			@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
		this.credential.require(authorization);
	}

	@GetMapping
	RowPage list(@RequestParam(defaultValue = "50") int limit, @RequestParam(defaultValue = "0") long cursor) {
		Problems.require(limit >= 1 && limit <= PAGE_MAX, "limit", "a whole number from 1 to " + PAGE_MAX, limit);
		List<Row> found = this.rows.list(cursor, limit + 1).stream().map(Row::of).toList();
		boolean isLast = found.size() <= limit;
		List<Row> page = isLast ? found : found.subList(0, limit);
		return new RowPage(page, isLast ? null : page.getLast().id());
	}

	@PostMapping(path = "/{id}/release", consumes = MediaType.APPLICATION_JSON_VALUE)
	Released release(@PathVariable long id, @RequestBody ReleaseRequest request) {
		Problems.require(request.by() != null, "by", "the name of the operator", null);
		int released = this.release.release(id, String.valueOf(FilterRequest.text("by", request.by())));
		if (released == 0) {
			throw Problems.notFound("parked-row", "No parked outbox row has the id " + id);
		}
		return new Released(released);
	}

	/** Who releases. */
	record ReleaseRequest(@Nullable String by) {
	}

	/** How many rows of the key were released. */
	record Released(int rows) {
	}

	/** A page of rows, by ascending id. */
	record RowPage(List<Row> items, @Nullable Long nextCursor) {

		RowPage {
			items = List.copyOf(items);
		}

	}

	/** A parked row; the key is cut. */
	record Row(long id, String topic, @Nullable String key, int bytes, Instant createdAt, Instant parkedAt,
			String reason) {

		static Row of(ParkedRow row) {
			return new Row(row.id(), row.topic(), ShownText.of(row.keyStart()), row.bytes(), row.createdAt(),
					row.parkedAt(), row.reason());
		}

	}

}
