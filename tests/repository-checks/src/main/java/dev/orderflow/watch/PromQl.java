package dev.orderflow.watch;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which metrics a PromQL expression names. Not a parser: it knows what can never be a
 * metric (strings, matchers, ranges, numbers, label lists, functions, words of the
 * language) and takes every other word for one, so that it errs by naming too much.
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
			throw new IllegalArgumentException("Expected metrics to be named, found __name__ in " + expression);
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
