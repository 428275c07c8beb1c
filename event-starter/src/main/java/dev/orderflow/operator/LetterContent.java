package dev.orderflow.operator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.orderflow.operator.LetterSearch.AuditRow;
import dev.orderflow.operator.LetterSearch.Letter;
import dev.orderflow.tracing.TraceParent;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A letter with what its record contains. Values of headers other than those of
 * CloudEvents are masked, because a producer may put anything there.
 *
 * @param traceId trace of the event, null if it has none
 * @param headers at most the first {@value #HEADERS_MAX}
 * @param data the payload with personal fields masked; null if it is not shown
 * @param dataNotShown why it is not shown
 * @param audit what was done with the letter, oldest first; at most the last 100
 */
record LetterContent(Letter letter, @Nullable String traceId, List<ShownHeader> headers, @Nullable JsonNode data,
		@Nullable String dataNotShown, List<AuditRow> audit) {

	private static final int HEADERS_MAX = 100;

	private static final Set<String> SHOWN = Set.of("content-type", "dlq-id");

	LetterContent {
		headers = List.copyOf(headers);
		audit = List.copyOf(audit);
	}

	static LetterContent of(Letter letter, Headers headers, byte @Nullable [] payload, List<AuditRow> audit) {
		JsonNode data = (payload != null) ? MaskedData.of(payload) : null;
		String notShown = (data != null) ? null
				: (letter.bytes() == 0) ? "it is absent, empty or erased"
						: (payload == null) ? "it is longer than %d bytes".formatted(MaskedData.BYTES_MAX)
								: "it is not JSON, or deeper than %d levels".formatted(MaskedData.DEPTH_MAX);
		return new LetterContent(letter, traceId(headers),
				Arrays.stream(headers.toArray()).limit(HEADERS_MAX).map(ShownHeader::of).toList(), data, notShown,
				audit);
	}

	private static @Nullable String traceId(Headers headers) {
		SpanContext context = Span.fromContext(TraceParent.read(headers)).getSpanContext();
		return context.isValid() ? context.getTraceId() : null;
	}

	/** A header; its value is null if the record's is. */
	record ShownHeader(String name, @Nullable String value) {

		static ShownHeader of(Header header) {
			String name = header.key().toLowerCase(Locale.ROOT);
			boolean shown = name.startsWith("ce_") || SHOWN.contains(name);
			return new ShownHeader(String.valueOf(ShownText.of(header.key().getBytes(StandardCharsets.UTF_8))),
					(shown || header.value() == null) ? ShownText.of(header.value()) : MaskedData.MASK);
		}

	}

}
