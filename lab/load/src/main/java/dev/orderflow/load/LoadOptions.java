package dev.orderflow.load;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every scenario has. */
final class LoadOptions {

	@Option(names = "--url", paramLabel = "URL", defaultValue = "http://localhost:8080",
			description = "order-service. Default: ${DEFAULT-VALUE}.")
	private URI url = URI.create("");

	@Option(names = "--inventory-url", paramLabel = "URL",
			description = "inventory-service, for reads. Default: one port above --url.")
	private @Nullable URI inventoryUrl;

	@Option(names = "--rate", paramLabel = "RATE", defaultValue = "20",
			description = "Orders a second: 0.1 to 1000. Default: ${DEFAULT-VALUE}.")
	private double rate;

	@Option(names = "--duration", paramLabel = "TIME", defaultValue = "60s",
			description = "Duration of the load, such as 90s or 1h30m: 5s to 4h. Default: ${DEFAULT-VALUE}.")
	private Duration duration = Duration.ZERO;

	@Option(names = "--reads-percent", paramLabel = "PERCENT", defaultValue = "10",
			description = "Percentage of customers who look their order up. Default: ${DEFAULT-VALUE}.")
	private double readsPercent;

	@Option(names = "--cancel-percent", paramLabel = "PERCENT", defaultValue = "3",
			description = "Percentage of customers who cancel their order. Default: ${DEFAULT-VALUE}.")
	private double cancelPercent;

	@Option(names = "--failed-percent", paramLabel = "PERCENT", defaultValue = "1",
			description = "Percentage of requests that may fail. Default: ${DEFAULT-VALUE}.")
	private double failedPercent;

	@Option(names = "--report", paramLabel = "DIRECTORY", defaultValue = "${sys:orderflow.load.report:-load-report}",
			description = "Parent directory of the report. Default: ${DEFAULT-VALUE}.")
	private Path report = Path.of("");

	LoadSettings settings() {
		URI inventory = (this.inventoryUrl != null) ? this.inventoryUrl : LoadSettings.oneAbove(this.url);
		return new LoadSettings(this.url, inventory, this.rate, this.duration, this.readsPercent, this.cancelPercent,
				this.failedPercent);
	}

	/**
	 * The report directory. Fails before the run, not after an hour of load, if it cannot
	 * be created.
	 */
	Path report() {
		try {
			return Files.createDirectories(this.report.toAbsolutePath().normalize());
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("Cannot create the directory of --report: %s".formatted(this.report));
		}
	}

}
