package dev.orderflow.demo.summary;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service's answer at {@code /actuator/prometheus}, in Prometheus's text format.
 *
 * @param samples one for each line
 */
record Scrape(List<Sample> samples) {

	private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)(?: \\d+)?");

	private static final Pattern BOUND = Pattern.compile("le=\"([^\"]+)\"");

	static Scrape of(HttpClient http, URI management, Duration answerMax) throws IOException, InterruptedException {
		URI uri = management.resolve("/actuator/prometheus");
		HttpResponse<String> response = http.send(HttpRequest.newBuilder(uri).timeout(answerMax).build(),
				BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IOException("Status %2$d from %1$s: expected 200".formatted(uri, response.statusCode()));
		}
		return parse(response.body());
	}

	static Scrape parse(String text) {
		List<Sample> samples = new ArrayList<>();
		text.lines().filter((line) -> !line.startsWith("#")).forEach((line) -> {
			Matcher parts = LINE.matcher(line);
			if (parts.matches()) {
				String labels = parts.group(2);
				samples.add(new Sample(parts.group(1), (labels != null) ? labels : "", number(parts.group(3))));
			}
		});
		return new Scrape(List.copyOf(samples));
	}

	/** The sum over all samples with that name and that label. */
	double sum(String name, String label) {
		List<Sample> found = this.samples.stream()
			.filter((sample) -> sample.name.equals(name) && sample.labels.contains(label))
			.toList();
		if (found.isEmpty()) {
			throw new IllegalStateException("No metric %s{%s}".formatted(name, label));
		}
		return found.stream().mapToDouble(Sample::value).sum();
	}

	/** A cumulative histogram: number of events up to each bound. */
	NavigableMap<Double, Double> histogram(String name) {
		NavigableMap<Double, Double> buckets = new TreeMap<>();
		for (Sample sample : this.samples) {
			Matcher bound = BOUND.matcher(sample.labels);
			if (sample.name.equals(name + "_bucket") && bound.find()) {
				buckets.merge(number(bound.group(1)), sample.value, Double::sum);
			}
		}
		if (buckets.isEmpty()) {
			throw new IllegalStateException("No histogram %s".formatted(name));
		}
		return buckets;
	}

	private static double number(String text) {
		return switch (text) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(text);
		};
	}

	/**
	 * One line.
	 *
	 * @param name the metric
	 * @param labels as they stand between the braces
	 * @param value the number
	 */
	record Sample(String name, String labels, double value) {
	}

}
