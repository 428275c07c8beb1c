package dev.orderflow.watch;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the metrics in a PromQL expression. It is not a parser: it removes everything
 * that cannot be a metric (strings, matchers, ranges, numbers, label lists, functions,
 * keywords) and takes the remaining words for metrics, so it may find too many but never
 * too few.
 */
final class PromQl {

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool", "inf", "nan", "atan2",
			"by", "without", "on", "ignoring", "group_left", "group_right", "sum", "min", "max", "avg", "group",
			"stddev", "stdvar", "count", "count_values", "bottomk", "topk", "quantile");

	private static final Pattern TOKEN = Pattern.compile("""
			(?x)
			\\# .*                                                                # a comment
			| (?<string> " (?: \\\\. | [^"\\\\] )* " | ' (?: \\\\. | [^'\\\\] )* ' | ` [^`]* ` )
			| \\{ (?: " (?: \\\\. | [^"\\\\] )* " | [^}"] )* }                    # matchers
			| \\[ [^]]* ]                                                         # a range
			| \\b (?: by | without | on | ignoring | group_left | group_right ) \\s* \\( [^)]* \\)
			| \\d [\\w.]*                                                         # a number, a duration
			| (?<name> [a-zA-Z_:] [\\w:]* ) (?<call> \\s* \\( )?
			""");

	private PromQl() {
	}

	static Set<String> metrics(String expression) {
		if (expression.contains("__name__")) {
			throw new IllegalArgumentException("__name__ is not supported: name the metric in " + expression);
		}
		Set<String> metrics = new TreeSet<>();
		Matcher token = TOKEN.matcher(expression);
		while (token.find()) {
			String name = token.group("name");
			if (name != null && token.group("call") == null && !WORDS.contains(name)) {
				metrics.add(name);
			}
		}
		return metrics;
	}

}
