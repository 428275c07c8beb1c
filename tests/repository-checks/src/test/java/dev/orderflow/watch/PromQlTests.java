package dev.orderflow.watch;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PromQlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			up | up
			sum(rate(a_total[5m])) | a_total
			sum by (service, le) (rate(a_bucket{le="5.0"}[$__rate_interval])) | a_bucket
			sum(a) by (by_label) | a
			count by (s) (a > 0.5) or vector(0) | a
			a{x="b{c} d"} offset 5m | a
			a - on (topic, partition) group_right () clamp_min(b{c=~".+"}, 0) | a b
			histogram_quantile(0.99, sum by (le) (a_bucket)) | a_bucket
			level:metric:sum5m > 14.4 * 0.001 | level:metric:sum5m
			label_replace(a, "service", "$1", "consumergroup", "(.+)") | a
			a unless on (service) (b == 1) | a b
			max_over_time(a[1h:5m]) / 1e9 | a
			by_the_way + sum_of_it + online | by_the_way online sum_of_it
			""")
	void namesTheMetricsOfAnExpression(String expression, String expected) {
		assertThat(String.join(" ", PromQl.metrics(expression))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = "{__name__=\"a\"}")
	void refusesAMetricThatIsNamedByALabel(String expression) {
		assertThatIllegalArgumentException().isThrownBy(() -> PromQl.metrics(expression));
	}

}
