package dev.orderflow.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Goal: links of alerts lead somewhere in every environment. Method: each Prometheus's
 * settings are read; what serves the runbooks in compose and in the cluster is compared
 * with the directory.
 */
class AlertLinksTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

	@ParameterizedTest
	@ValueSource(strings = { "deploy/prometheus/prometheus.yml", "deploy/prometheus/prometheus-demo.yml",
			"k8s/components/observability/prometheus.yml" })
	void theirBeginningIsASetting(String file) throws IOException {
		Map<?, ?> settings = new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(Files.readString(ROOT.resolve(file)));
		Map<?, ?> labels = (Map<?, ?>) ((Map<?, ?>) settings.get("global")).get("external_labels");
		Map<?, ?> alerting = (Map<?, ?>) settings.get("alerting");

		assertThat(labels.get("runbooks")).asString().matches("https?://.+[^/]");
		assertThat(new Watched(ROOT).files("deploy/grafana/dashboards")).isNotEmpty()
			.allSatisfy((dashboard) -> assertThat(dashboardsRunbooks(dashboard)).isEqualTo(labels.get("runbooks")));
		assertThat(labels.get("grafana")).asString().matches("https?://.+[^/]");
		assertThat(alerting.get("alert_relabel_configs"))
			.isEqualTo(List.of(Map.of("action", "labeldrop", "regex", "runbooks|grafana")));
		assertThat((List<?>) alerting.get("alertmanagers")).hasSize(1);
	}

	@Test
	void everyRunbookIsServed() throws IOException {
		String served = Files.readString(ROOT.resolve(Watched.RUNBOOKS).resolve("kustomization.yaml"));

		assertThat(new Watched(ROOT).files(Watched.RUNBOOKS)
			.stream()
			.filter((file) -> file.endsWith(".md") && !file.equals("README.md"))).isNotEmpty()
			.allSatisfy((file) -> assertThat(served).contains("      - " + file + "\n"));
		assertThat(Files.readString(ROOT.resolve("docker-compose.yml"))).contains("--web.user-assets=/runbooks",
				"./docs/runbooks:/runbooks:ro");
	}

	/**
	 * Grafana cannot read Prometheus's labels, so that a dashboard names the address
	 * again.
	 */
	private static String dashboardsRunbooks(String dashboard) throws IOException {
		return JsonMapper.shared()
			.readTree(Files.readString(ROOT.resolve("deploy/grafana/dashboards").resolve(dashboard)))
			.at("/templating/list")
			.valueStream()
			.filter((variable) -> variable.get("name").asString().equals("runbooks"))
			.map((variable) -> variable.get("query").asString())
			.findFirst()
			.orElseThrow();
	}

}
