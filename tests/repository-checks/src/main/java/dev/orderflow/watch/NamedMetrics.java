package dev.orderflow.watch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The metrics that rules and dashboards name, against those that are exported. */
public final class NamedMetrics {

	private final Watched watched;

	/** Rules and dashboards of a repository. */
	public NamedMetrics(Path root) {
		this.watched = new Watched(root);
	}

	/** Each metric that is not among those, with where it is named. */
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
