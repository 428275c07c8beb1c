package dev.orderflow.watch;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Goal: one cause is one call. Method: {@code walks.json} names, for moments of seven
 * faults, the alerts that fire and those that Alertmanager leaves. The rule tests
 * {@code walks.yml} show that exactly these fire; here the inhibition rules are evaluated
 * on them, and by a real Alertmanager where one is installed.
 */
class InhibitionTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	private static final Path ALERTMANAGER = ROOT.resolve("deploy/alertmanager");

	private static final Path RULE_TESTS = ROOT.resolve("deploy/prometheus/tests");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private static final int TOOL_SECONDS_MAX = 300;

	@TempDir
	private Path directory;

	record Moment(String walk, String at, List<Map<String, String>> fires, List<Map<String, String>> left) {
	}

	static List<Moment> moments() throws IOException {
		return JsonMapper.shared()
			.readValue(Files.readString(ALERTMANAGER.resolve("walks.json")), new TypeReference<>() {
			});
	}

	@ParameterizedTest
	@MethodSource("moments")
	void leavesTheCause(Moment moment) throws IOException {
		Inhibition inhibition = new Inhibition(yaml(ALERTMANAGER.resolve("alertmanager.yml")));

		assertThat(inhibition.left(moment.fires())).containsExactlyInAnyOrderElementsOf(moment.left());
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			EverythingDown, LagUnknown
			DatabaseDown, OrdersFailing service=order-service
			DatabaseDown, ErrorBudgetBurnsFast service=a slo=steady window=1h
			ServiceDown service=a, NoReplica service=a
			ServiceDown service=a component=api, OutboxUnknown service=a
			ServiceDown service=a component=api, ReplicaDown service=a component=api
			OrdersFailing service=a, OutboxUnknown service=a
			CircuitBreakerOpen service=a, ConsumerPaused service=a
			CircuitBreakerOpen service=shipping-service, OrdersStuck service=order-service status=CONFIRMED
			ConsumptionPaused service=a, ConsumerPaused service=a
			ConsumptionPaused service=a, OldestEventTooOld service=a topic=orders
			ConsumptionPaused service=inventory-service, OrdersStuck service=order-service status=PLACED
			NoReplica service=inventory-service, OrdersStuck service=order-service status=PLACED
			NoReplica service=shipping-service, OrdersStuck service=order-service status=CANCELLING
			ServiceDown service=inventory-service, OrdersStuck service=order-service status=PLACED
			ServiceDown service=shipping-service, OrdersStuck service=order-service status=CONFIRMED
			NoReplica service=a, OldestEventTooOld service=a topic=orders
			ConsumerPaused service=a, LagNotFalling service=a
			GroupNeverCommitted service=a, ErrorBudgetBurnsSlowly service=a slo=wake window=3d
			OldestEventTooOld service=a topic=orders, LagNotFalling service=a
			OutboxTooOld service=order-service, ErrorBudgetBurnsFast service=a slo=steady window=6h
			DeadLettersGrowing service=a, ErrorBudgetBurnsFast service=a slo=steady window=1h
			OutboxUnknown service=a, DeadLettersUnknown service=a
			ErrorBudgetBurnsFast service=a slo=steady window=1h, ErrorBudgetBurnsFast service=a slo=steady window=6h
			ErrorBudgetBurnsFast service=a slo=steady window=6h, ErrorBudgetBurnsSlowly service=a slo=steady window=1d
			ErrorBudgetBurnsSlowly service=a slo=wake window=1d, ErrorBudgetBurnsSlowly service=a slo=wake window=3d
			""")
	void silencesWhatFollows(String cause, String consequence) throws IOException {
		assertThat(leftOf(cause, consequence)).containsExactly(alert(cause));
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			DatabaseDown, LagUnknown
			CircuitBreakerOpen service=shipping-service, OrdersStuck service=order-service status=PLACED
			CircuitBreakerOpen service=a, ConsumerPaused service=b
			ConsumptionPaused service=a, ConsumerPaused service=b
			ConsumptionPaused service=a, DeadLettersOpen service=a
			NoReplica service=shipping-service, OrdersStuck service=order-service status=PLACED
			NoReplica service=inventory-service, OrdersStuck service=order-service status=CONFIRMED
			ServiceDown service=a, NoReplica service=b
			ServiceDown service=a component=api, NoReplica service=a
			ServiceDown service=a component=api, OldestEventTooOld service=a topic=orders
			OrdersFailing service=order-service, ConsumerPaused service=a
			OutboxTooOld service=a, ErrorBudgetBurnsFast service=b slo=steady window=1h
			ErrorBudgetBurnsFast service=a slo=wake window=1h, ErrorBudgetBurnsFast service=a slo=steady window=6h
			LagUnknown, OldestEventTooOld service=a topic=orders
			ReplicaDown service=a, DeadLettersGrowing service=a
			""")
	void leavesWhatDoesNotFollow(String one, String other) throws IOException {
		assertThat(leftOf(one, other)).containsExactly(alert(one), alert(other));
	}

	private static List<Map<String, String>> leftOf(String... alerts) throws IOException {
		return new Inhibition(yaml(ALERTMANAGER.resolve("alertmanager.yml")))
			.left(Stream.of(alerts).map(InhibitionTests::alert).toList());
	}

	/** Its name, then its labels. */
	private static Map<String, String> alert(String text) {
		return Stream.of(("alertname=" + text).split(" "))
			.map((label) -> label.split("="))
			.collect(Collectors.toMap((label) -> label[0], (label) -> label[1]));
	}

	@Test
	void walksAreThoseOfTheRuleTests() throws IOException {
		Map<String, Set<Map<String, String>>> expected = firing();
		Map<String, Set<Map<String, String>>> found = moments().stream()
			.collect(Collectors.toMap((moment) -> moment.walk() + " " + moment.at(),
					(moment) -> new HashSet<>(moment.fires())));

		assertThat(found).isEqualTo(expected);
	}

	/** The moments of walks.yml at which something fires. */
	@SuppressWarnings("unchecked")
	private static Map<String, Set<Map<String, String>>> firing() throws IOException {
		Map<String, Set<Map<String, String>>> moments = new HashMap<>();
		for (Map<String, Object> walk : (List<Map<String, Object>>) yaml(RULE_TESTS.resolve("walks.yml"))
			.get("tests")) {
			for (Map<String, Object> moment : (List<Map<String, Object>>) walk.get("promql_expr_test")) {
				assertThat(moment).containsEntry("expr", "ALERTS{alertstate=\"firing\"}");
				Set<Map<String, String>> alerts = ((List<Map<String, Object>>) moment.get("exp_samples")).stream()
					.map((sample) -> labels(String.valueOf(sample.get("labels"))))
					.collect(Collectors.toSet());
				if (!alerts.isEmpty()) {
					moments.put(walk.get("name") + " " + moment.get("eval_time"), alerts);
				}
			}
		}
		return moments;
	}

	private static Map<String, String> labels(String series) {
		Map<String, String> labels = LABEL.matcher(series)
			.results()
			.collect(Collectors.toMap((label) -> label.group(1), (label) -> label.group(2)));
		labels.remove("alertstate");
		return labels;
	}

	@Test
	void namesAlertsThatThereAre() throws IOException {
		Set<String> names = new Watched(ROOT).alerts()
			.stream()
			.map((alert) -> String.valueOf(alert.get("alert")))
			.collect(Collectors.toSet());

		assertThat(new Inhibition(yaml(ALERTMANAGER.resolve("alertmanager.yml"))).neverMet(names)).isEmpty();
	}

	@Test
	void anAlertDoesNotSilenceItselfOrItsLike() {
		Inhibition inhibition = new Inhibition(new Yaml().load("""
				inhibit_rules:
				  - source_matchers: [severity="page"]
				    target_matchers: [alertname=~"A|B"]
				    equal: [service]
				"""));
		Map<String, String> a = Map.of("alertname", "A", "severity", "page");
		Map<String, String> b = Map.of("alertname", "B", "severity", "page", "service", "");
		Map<String, String> ticket = Map.of("alertname", "B", "severity", "ticket");
		Map<String, String> other = Map.of("alertname", "B", "severity", "ticket", "service", "other");

		assertThat(inhibition.left(List.of(a, b, ticket, other))).containsExactly(a, b, other);
	}

	@Test
	void aRealAlertmanagerLeavesTheSame() throws Exception {
		assumeThat(onPath("alertmanager") || onPath("prometheus-alertmanager"))
			.as("alertmanager was not found: the walks were not sent to one")
			.isTrue();
		assumeThat(onPath("jq") && onPath("curl")).as("jq and curl were found").isTrue();

		run(ALERTMANAGER.resolve("check-inhibition").toString(), Integer.toString(freePort()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "events.yml", "failures.yml", "orders.yml", "outbox.yml", "wake.yml", "walks.yml" })
	void ruleTestsPass(String tests) throws Exception {
		assumeThat(onPath("promtool")).as("promtool was not found: the rule tests were not run").isTrue();

		run("promtool", "test", "rules", RULE_TESTS.resolve(tests).toString());
	}

	private void run(String... command) throws Exception {
		Path output = this.directory.resolve("output");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(TOOL_SECONDS_MAX, TimeUnit.SECONDS)).as("ended in time").isTrue();
		}
		finally {
			process.destroy();
		}
		assertThat(process.exitValue()).as(Files.readString(output)).isZero();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static boolean onPath(String tool) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((entry) -> Files.isExecutable(Path.of(entry, tool)));
	}

	private static Map<String, Object> yaml(Path file) throws IOException {
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(1000); // walks.yml shares series by aliases
		return new Yaml(new SafeConstructor(options)).load(Files.readString(file));
	}

}
