package dev.orderflow.scaling;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.orderflow.scaling.hpa.HorizontalPodAutoscaler.Decision;
import dev.orderflow.scaling.keda.Reading;
import dev.orderflow.scaling.keda.ReplicaCounts;
import dev.orderflow.scaling.keda.Scaler;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObjectSpec;
import dev.orderflow.scaling.simulation.Controllers;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: the simulated KEDA and autoscaler decide as the real ones did. Method: each
 * recorded decision is requested in turn, with the replicas and metrics of its line.
 */
class ObservedDecisionsTests {

	static final Path DIRECTORY = Path.of("src/test/resources/observed");

	/** The decisions that differ, by the time of the line. */
	private static Map<String, String> differences(String service, String file) throws IOException {
		List<Line> lines = lines(file);
		ScaledObjectSpec spec = Manifests.read(DIRECTORY.resolve("scaled-objects.yaml"))
			.scaledObject(service)
			.orElseThrow()
			.spec();
		List<Long> metrics = new ArrayList<>(List.of(0L, 0L));
		Controllers controllers = new Controllers(spec, List.of(scaler(metrics, 0), scaler(metrics, 1)),
				lines.getFirst().at());
		Map<String, String> differences = new TreeMap<>();
		for (Line line : lines) {
			metrics.set(0, line.ordersMilli());
			metrics.set(1, line.replayMilli());
			String found = line.decidedBy(controllers);
			if (!found.equals(line.decision())) {
				differences.put(line.epoch(), line.kind() + " " + line.decision() + " but was " + found);
			}
		}
		return differences;
	}

	private static List<Line> lines(String file) throws IOException {
		return Files.readAllLines(DIRECTORY.resolve(file)).stream().map(Line::of).toList();
	}

	private static Scaler.Factory scaler(List<Long> metrics, int index) {
		return () -> () -> new Reading(metrics.get(index), metrics.get(index) > 0);
	}

	@Test
	void decideAsRecordedInABurst() throws IOException {
		assertThat(differences("shipping-service", "shipping-burst-decisions.csv")).isEmpty();
	}

	/**
	 * The real KEDA knew of activity before the recording began. The simulated
	 * controllers start with the recording: they wait only for the initial cooldown, and
	 * then each poll wants zero replicas until the real KEDA scales to zero too. Nothing
	 * else differs.
	 */
	@Test
	void decideAsRecordedThroughStopsAndOutages() throws IOException {
		Map<String, String> cutOff = lines("analytics-decisions.csv").stream()
			.filter((line) -> line.kind().equals("POLL"))
			.filter((line) -> line.epoch().compareTo("1795269170.741") >= 0)
			.filter((line) -> line.epoch().compareTo("1795269355.766") <= 0)
			.collect(Collectors.toMap(Line::epoch, (line) -> "POLL -,2 but was -,0"));
		assertThat(cutOff).hasSize(38);
		assertThat(differences("analytics-service", "analytics-decisions.csv")).isEqualTo(cutOff);
	}

	/** A line of a recording; its README names the columns. */
	private record Line(String kind, String epoch, ReplicaCounts replicas, long ordersMilli, long replayMilli,
			String decision) {

		static Line of(String text) {
			String[] cells = text.split(",");
			ReplicaCounts replicas = new ReplicaCounts(Integer.parseInt(cells[2]), Integer.parseInt(cells[3]),
					Integer.parseInt(cells[4]));
			return new Line(cells[0], cells[1], replicas, milli(cells[5]), milli(cells[6]), cells[7] + "," + cells[8]);
		}

		private static long milli(String text) {
			return text.equals("-") ? 0 : new BigDecimal(text).movePointRight(3).longValueExact();
		}

		Instant at() {
			return Instant.ofEpochMilli(new BigDecimal(this.epoch).movePointRight(3).longValueExact());
		}

		String decidedBy(Controllers controllers) {
			if (this.kind.equals("POLL")) {
				return "-," + controllers.poll(at(), this.replicas);
			}
			Decision decision = controllers.sync(at(), this.replicas);
			return (decision.proposal().isPresent() ? decision.proposal().getAsInt() : "-") + "," + decision.replicas();
		}

	}

}
