package dev.orderflow.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.orderflow.demo.Instance;
import dev.orderflow.demo.Stack;
import dev.orderflow.demo.summary.LagEndpoint;

/** What a running system tells Prometheus. */
final class ExportedMetrics {

	private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

	private ExportedMetrics() {
	}

	/** The names of all metrics. */
	static Set<String> of(Stack stack) throws IOException, InterruptedException {
		List<URI> scrapes = new ArrayList<>();
		stack.running()
			.stream()
			.map(Instance::managementUri)
			.forEach((management) -> scrapes.add(management.resolve("/actuator/prometheus")));
		try (LagEndpoint lag = new LagEndpoint(stack.topology(), stack.bootstrapServers(), 0)) {
			scrapes.add(lag.uri());
			return exported(scrapes);
		}
	}

	/** The values of a metric of one process, by the value of a label, summed up. */
	static Map<String, Double> byLabel(Instance instance, String metric, String label)
			throws IOException, InterruptedException {
		Pattern sample = Pattern.compile(metric + "\\{.*\\b" + label + "=\"([^\"]*)\".*} (\\S+)");
		Map<String, Double> values = new TreeMap<>();
		try (HttpClient http = HttpClient.newHttpClient()) {
			lines(http, instance.managementUri().resolve("/actuator/prometheus")).map(sample::matcher)
				.filter(Matcher::matches)
				.forEach((found) -> values.merge(found.group(1), Double.valueOf(found.group(2)), Double::sum));
		}
		return values;
	}

	private static Set<String> exported(List<URI> scrapes) throws IOException, InterruptedException {
		Set<String> names = new TreeSet<>();
		try (HttpClient http = HttpClient.newHttpClient()) {
			for (URI scrape : scrapes) {
				lines(http, scrape).forEach((line) -> names.add(line.split("[{ ]", 2)[0]));
			}
		}
		return names;
	}

	private static Stream<String> lines(HttpClient http, URI scrape) throws IOException, InterruptedException {
		HttpResponse<String> answer = http.send(HttpRequest.newBuilder(scrape).timeout(ANSWER_MAX).build(),
				BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IOException("Expected 200 from %s, found %d".formatted(scrape, answer.statusCode()));
		}
		return answer.body().lines().filter((line) -> !line.startsWith("#") && !line.isBlank());
	}

}
