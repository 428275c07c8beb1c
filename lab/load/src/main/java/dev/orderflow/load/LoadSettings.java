package dev.orderflow.load;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * The settings of every scenario, with their bounds.
 *
 * @param url order-service, without a slash at its end
 * @param inventoryUrl inventory-service, likewise
 * @param rate orders a second, {@value #RATE_MIN} to {@value #RATE_MAX}
 * @param duration how long customers arrive, {@link #DURATION_MIN} to
 * {@link #DURATION_MAX}
 * @param readsPercent percentage of customers who look their order up
 * @param cancelPercent percentage of customers who cancel their order
 * @param failedPercent percentage of requests that may fail
 */
record LoadSettings(URI url, URI inventoryUrl, double rate, Duration duration, double readsPercent,
		double cancelPercent, double failedPercent) {

	static final double RATE_MIN = 0.1;

	/** Beyond this rate the load generator's process would be the bottleneck. */
	static final int RATE_MAX = 1000;

	static final Duration DURATION_MIN = Duration.ofSeconds(5);

	static final Duration DURATION_MAX = Duration.ofHours(4);

	LoadSettings {
		url = base("--url", url);
		inventoryUrl = base("--inventory-url", inventoryUrl);
		requireBetween("--rate", rate, RATE_MIN, RATE_MAX);
		if (duration.compareTo(DURATION_MIN) < 0 || duration.compareTo(DURATION_MAX) > 0) {
			throw new IllegalArgumentException("--duration is out of range: expected %s to %s, found %s"
				.formatted(text(DURATION_MIN), text(DURATION_MAX), text(duration)));
		}
		requireBetween("--reads-percent", readsPercent, 0, 100);
		requireBetween("--cancel-percent", cancelPercent, 0, 100);
		requireBetween("--failed-percent", failedPercent, 0, 100);
	}

	/** Description of the run in the report. */
	String description() {
		return "%s orders a second for %s to %s".formatted(text(this.rate), text(this.duration), this.url);
	}

	static double requireBetween(String option, double value, double min, double max) {
		// Written this way because NaN must fail too.
		if (!(value >= min && value <= max)) {
			throw new IllegalArgumentException("%s is out of range: expected %s to %s, found %s".formatted(option,
					text(min), text(max), text(value)));
		}
		return value;
	}

	/** The services listen side by side: inventory-service one port above. */
	static URI oneAbove(URI url) {
		return URI.create("%s://%s:%d".formatted(url.getScheme(), url.getHost(), url.getPort() + 1));
	}

	private static URI base(String option, URI url) {
		if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
			throw new IllegalArgumentException(
					"%s is not an HTTP URL: expected one such as http://localhost:8080, found %s".formatted(option,
							url));
		}
		return URI.create(url.toString().replaceAll("/+$", ""));
	}

	static String text(double number) {
		return (number == Math.rint(number)) ? Long.toString((long) number) : Double.toString(number);
	}

	/** As the command line takes it, such as 1h30m. */
	static String text(Duration duration) {
		return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
	}

}
