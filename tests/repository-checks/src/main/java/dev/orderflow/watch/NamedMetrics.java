package dev.orderflow.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Compares the metrics in rules and dashboards with the exported ones. */
public final class NamedMetrics {

	private final Watched watched;

	/** Rules and dashboards of a repository. */
	public NamedMetrics(Path root) {
		this.watched = new Watched(root);
	}

	/**
	 * Each metric that is neither exported nor recorded, with the place that names it.
	 */
	public List<String> missing(Collection<String> exported) {
		Set<String> known = this.watched.knownElsewhere();
		List<String> missing = new ArrayList<>();
		this.watched.expressions()
			.forEach((where, expressions) -> expressions.stream()
				.flatMap((expression) -> PromQl.metrics(expression).stream())
				.distinct()
				.filter((metric) -> !exported.contains(metric) && !known.contains(metric))
				.forEach((metric) -> missing.add(
						"%s: expected the metric %s to be exported or recorded, found none".formatted(where, metric))));
		return missing;
	}

}
