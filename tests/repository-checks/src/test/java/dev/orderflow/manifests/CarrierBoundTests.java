package dev.orderflow.manifests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** All pods of shipping-service together call the carrier no more than it accepts. */
class CarrierBoundTests {

	private static int number(String file, String pattern) {
		Matcher found = Pattern.compile(pattern).matcher(Overlay.text(file));
		assertThat(found.find()).as("%s in %s".formatted(pattern, file)).isTrue();
		return Integer.parseInt(found.group(1));
	}

	@ParameterizedTest
	@EnumSource
	void podsAskNoMoreThanTheCarrierTakes(Overlay overlay) {
		int calls = number("lab/carrier/src/main/java/dev/orderflow/carrier/CarrierApi.java", "CALLS_MAX = (\\d+);");
		int concurrency = number("shipping-service/src/main/java/dev/orderflow/shipping/carrier/CarrierProperties.java",
				"@DefaultValue\\(\"(\\d+)\"\\) int concurrency");
		int pods = Manifests.parse(overlay.yaml())
			.scaledObject("shipping-service")
			.orElseThrow()
			.spec()
			.maxReplicaCount();

		assertThat(pods * concurrency).isEqualTo(calls);
	}

}
