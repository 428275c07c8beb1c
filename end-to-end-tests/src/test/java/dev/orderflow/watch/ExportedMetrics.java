package dev.orderflow.watch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.orderflow.stack.Instance;
import dev.orderflow.stack.Stack;
import dev.orderflow.stack.summary.LagEndpoint;

/**
 * Whether the metrics that rules and dashboards name are exported: by a running process
 * of the stack, by its lag endpoint, by another rule, or, as no-data.tsv says with the
 * reason, by none of them.
 */
public final class ExportedMetrics {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private final Watched watched;

	/** Rules and dashboards of a repository. */
	public ExportedMetrics(Path root) {
		this.watched = new Watched(root);
	}

	/** Each metric that nobody exports, with where it is named. */
	public List<String> missing(Stack stack) throws IOException, InterruptedException {
		List<URI> scrapes = new ArrayList<>();
		stack.running()
			.stream()
			.map(Instance::managementUri)
			.forEach((management) -> scrapes.add(management.resolve("/actuator/prometheus")));
		try (LagEndpoint lag = new LagEndpoint(stack.topology(), stack.bootstrapServers(), 0)) {
			scrapes.add(lag.uri());
			return missing(exported(scrapes));
		}
	}

	/** Each metric that is not among those, with where it is named. */
	List<String> missing(Collection<String> exported) {
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

	private static Set<String> exported(List<URI> scrapes) throws IOException, InterruptedException {
		Set<String> names = new TreeSet<>();
		try (HttpClient http = HttpClient.newHttpClient()) {
			for (URI scrape : scrapes) {
				HttpResponse<String> answer = http.send(HttpRequest.newBuilder(scrape).timeout(ANSWER_MAX).build(),
						BodyHandlers.ofString());
				if (answer.statusCode() != 200) {
					throw new IOException("Expected 200 from %s, found %d".formatted(scrape, answer.statusCode()));
				}
				answer.body()
					.lines()
					.filter((line) -> !line.startsWith("#") && !line.isBlank())
					.forEach((line) -> names.add(line.split("[{ ]", 2)[0]));
			}
		}
		return names;
	}

}
