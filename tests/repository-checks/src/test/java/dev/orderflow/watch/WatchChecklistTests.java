package dev.orderflow.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: an incomplete dashboard or alert fails the build. Method: the repository's own
 * files are checked; then copies with one fault each.
 */
class WatchChecklistTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	@TempDir
	private Path copy;

	@BeforeEach
	void copyFiles() throws IOException {
		for (String directory : List.of("deploy/grafana", "deploy/prometheus", Watched.RUNBOOKS)) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
				for (Path file : files.filter(Files::isRegularFile).toList()) {
					Path target = this.copy.resolve(ROOT.relativize(file));
					Files.createDirectories(target.getParent());
					Files.copy(file, target);
				}
			}
		}
	}

	@Test
	void everyDashboardAndAlertIsComplete() {
		assertThat(faults(ROOT)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					"id": 2, | "id": 1, | an id of its own
					"x": 4, "y": 0 | "x": 3, "y": 0 | a place of its own
					"x": 20, "y": 0 | "x": 21, "y": 0 | to end at column 24
					"unit": "reqps", | | a unit
					"expr": "service:kafka_consumergroup_lag:sum{service=~\\"$service\\"}" | "expr": "" | an expression
					"uid": "orderflow-flow" | "uid": "orderflow-jvm" | a uid of its own
					/d/orderflow-failures? | /d/orderflow-failure? | a link to one of
					"value": "prometheus"} | "value": "thanos"} | a data source among
					{runbooks}/OutboxTooOld.md | {runbooks}/OutboxOld.md | the runbook docs/runbooks/OutboxOld.md
					POST /orders answered with 201 in the last minute, of all replicas of order-service. | | a description
					inbox_events_total{service=~\\"$service\\"} | inbox_events_total{service=\\"shipping-service\\"} | found shipping-service
					""")
	void namesTheFaultOfADashboard(String text, String other, String expected) throws IOException {
		replace(Watched.DASHBOARDS + "/order-flow.json", text, other);

		assertThat(faults(this.copy)).anySatisfy((fault) -> assertThat(fault).contains("order-flow.json", expected));
	}

	/** What looks fine or is out of sight while something is wrong. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"color": "#606060", "value": null}, {"color": "green", "value": 0}, {"color": "orange", "value": 10} | {"color": "green", "value": null}, {"color": "orange", "value": 10} | another colour than green for nothing, found
					"steps": [{"color": "#606060", "value": null}, {"color": "green", "value": 0}, {"color": "orange", "value": 1}]}} | "steps": [{"color": "green", "value": 0}, {"color": "orange", "value": 1}]}} | another colour than green for nothing of dead letters, found
					"#606060" | "#60c060" | another colour than green for nothing, found
					"noValue": "not measured", "thresholds" | "noValue": "not measured", "mappings": [{"type": "special", "options": {"match": "null+nan", "result": {"text": "0", "color": "green"}}}], "thresholds" | another colour than green for nothing, found
					"noValue": "not measured", "thresholds" | "thresholds" | a text for what is not measured (noValue)
					"noValue": "not measured" | "noValue": "" | a text for what is not measured (noValue), found an empty one
					"expr": "sum(rate(http_server_requests_seconds_count{service=\\"order-service\\", method=\\"POST\\", uri=\\"/orders\\", status=\\"201\\"}[1m]))" | "expr": "sum(up) or vector(0)" | found a default in sum(up) or vector(0)
					"instant": true, "range": false | "range": true | an instant query, so that what ended is not shown as Shown[text=0.0, color=green]
					unless on () | unless on (service) | to be not measured as long as one service is not
					"calcs": ["last"] | "calcs": ["lastNotNull"] | a legend on the right
					"placement": "right" | "placement": "bottom" | a legend on the right
					"sortBy": "Last", "sortDesc": true | "sortBy": "Name" | highest last value first
					/^(keda-hpa-)?analytics-service\\\\b/"}, "properties": [{"id": "color", "value": {"mode": "fixed", "fixedColor": "#37C3B9"}}]} | /^none/"}, "properties": []} | to have its colour
					"fixedColor": "#37C3B9" | "fixedColor": "#5794F2" | to have its colour
					"color": {"mode": "palette-classic-by-name"} | "color": {"mode": "palette-classic"} | a further service to have a colour by its name
					"title": "Waiting over 5 min" | "title": "Waiting for over 5 minutes" | which fit at 1280 pixels
					"unit": "short", "decimals": 0 | "unit": "short" | counts without decimals
					"type": "datasource" | "type": "custom" | a variable $datasource
					"name": "runbooks" | "name": "books" | a variable $runbooks
					{"type": "prometheus", "uid": "${datasource}"} | {"type": "prometheus", "uid": "prometheus"} | the data source ${datasource}
					"expr": "sum by (service) (service:kafka_consumergroup_lag:sum{service=~\\"$service\\"})" | "expr": "service:kafka_consumergroup_lag:sum" | no other label than service
					"OutboxUnknown": | "OutboxUnknwn": | a sentence for OutboxUnknown
					""")
	void namesWhatWhoIsOnCallWouldMiss(String text, String other, String expected) throws IOException {
		replace(Watched.DASHBOARDS + "/order-flow.json", text, other);

		assertThat(faults(this.copy)).anySatisfy((fault) -> assertThat(fault).contains(expected));
	}

	@Test
	void namesTwoServicesThatLookAlike() throws IOException {
		for (String file : new Watched(ROOT).files(Watched.DASHBOARDS)) {
			replace(Watched.DASHBOARDS + "/" + file, "#37C3B9", "#5794F2");
		}

		assertThat(faults(this.copy)).singleElement().asString().contains("a colour of its own for each service");
	}

	@Test
	void namesAPanelThatIsEmptyOutsideAClusterAndDoesNotSaySo() throws IOException {
		replace(Watched.DASHBOARDS + "/scaling.json", "\"noValue\": \"cluster only\"", "\"noValue\": \"not measured\"");

		assertThat(faults(this.copy)).singleElement()
			.asString()
			.contains("KEDA errors, 10 min", "measured in a cluster only");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			severity: ticket | severity: whatever | severity page or ticket
			{{ $value }} outbox rows | outbox rows | the figure
			}}/OutboxParked.md | }}/DeadLettersOpen.md | runbook_url: "{{ $externalLabels.runbooks }}/OutboxParked.md"
			{{ $externalLabels.grafana }}/d/orderflow-failures?var | /d/orderflow-failures?var | a dashboard
			/d/orderflow-failures?var-service={{ $labels.service }} | /d/failures | a dashboard
			alert: OutboxParked | alert: OutboxRefused | a rule test in which it fires
			""")
	void namesTheFaultOfAnAlert(String text, String other, String expected) throws IOException {
		replace(Watched.RULES + "/failures.yml", text, other);

		assertThat(faults(this.copy)).anySatisfy((fault) -> assertThat(fault).startsWith("alert ").contains(expected));
	}

	@Test
	void namesARunbookThatIsMissingOrLeftOver() throws IOException {
		Path runbook = this.copy.resolve(Watched.RUNBOOKS).resolve("NoReplica.md");
		Files.move(runbook, runbook.resolveSibling("NoReplicas.md"));

		assertThat(faults(this.copy)).anyMatch((fault) -> fault.startsWith("alert NoReplica: expected its runbook"))
			.anyMatch((fault) -> fault.startsWith("docs/runbooks/NoReplicas.md: expected an alert"));
	}

	@Test
	void namesAnAlertWithoutATestInWhichItIsSilent() throws IOException {
		replace(Watched.RULE_TESTS + "/failures.yml", "      - eval_time: 1m\n        alertname: OutboxParked\n", "");

		assertThat(faults(this.copy))
			.containsExactly("alert OutboxParked: expected a rule test in which it does not fire");
	}

	@Test
	void namesAMetricThatNobodyExports() throws IOException {
		Set<String> named = new Watched(ROOT).expressions()
			.values()
			.stream()
			.flatMap(List::stream)
			.flatMap((expression) -> PromQl.metrics(expression).stream())
			.collect(Collectors.toSet());
		assertThat(new NamedMetrics(this.copy).missing(named)).isEmpty();
		named.remove("inbox_paused");
		replace(Watched.RULES + "/failures.yml", "outbox_parked", "outbox_parkd");

		assertThat(new NamedMetrics(this.copy).missing(named))
			.anyMatch((missing) -> missing.startsWith("rule OutboxParked: expected the metric outbox_parkd"))
			.anyMatch(
					(missing) -> missing.startsWith("failures.json: Paused replicas: expected the metric inbox_paused"))
			.hasSize(5);
	}

	private static List<String> faults(Path root) {
		Watched watched = new Watched(root);
		return Stream
			.of(new DashboardChecklist(watched).faults(), new PanelChecklist(watched).faults(),
					new AlertChecklist(watched).faults())
			.flatMap(List::stream)
			.toList();
	}

	private void replace(String file, String text, String other) throws IOException {
		String content = Files.readString(this.copy.resolve(file));
		assertThat(content).contains(text);
		Files.writeString(this.copy.resolve(file), content.replace(text, (other != null) ? other : ""));
	}

}
