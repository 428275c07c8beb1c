package dev.orderflow.scaling.manifest;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A metric to scale by.
 *
 * @param name its name; empty where it has none
 * @param metricType whether the target applies to each replica or to all together
 * @param useCachedMetrics whether the autoscaler gets the value of KEDA's last poll
 * @param source what is measured
 * @param authenticationRef reference to the credentials; absent if none are needed
 */
public record Trigger(String name, MetricType metricType, boolean useCachedMetrics, TriggerSource source,
		@Nullable AuthenticationRef authenticationRef) {

	@JsonCreator
	static Trigger of(@Nullable String type, @Nullable String name, @Nullable MetricType metricType,
			@Nullable Boolean useCachedMetrics, @Nullable Map<String, JsonNode> metadata,
			@Nullable AuthenticationRef authenticationRef) {
		TriggerMetadata given = TriggerMetadata.of(Require.present(metadata, "metadata"));
		TriggerSource source = switch (Require.present(type, "type")) {
			case KafkaSource.TYPE -> KafkaSource.of(given);
			case PrometheusSource.TYPE -> PrometheusSource.of(given);
			default -> throw new IllegalArgumentException(
					"expected type %s or %s, found %s".formatted(KafkaSource.TYPE, PrometheusSource.TYPE, type));
		};
		given.requireNoOther();
		Require.that(!source.needsAuthentication() || authenticationRef != null,
				"no authenticationRef, but metadata.sasl needs credentials");
		return new Trigger((name != null) ? name : "", (metricType != null) ? metricType : MetricType.AverageValue,
				Boolean.TRUE.equals(useCachedMetrics), source, authenticationRef);
	}

	/** What the target applies to; {@code Utilization} is refused, as KEDA does. */
	public enum MetricType {

		AverageValue, Value

	}

	/**
	 * Where the credentials are.
	 *
	 * @param name the object's name
	 * @param kind its kind, TriggerAuthentication unless given
	 */
	public record AuthenticationRef(String name, String kind) {

		@JsonCreator
		static AuthenticationRef of(@Nullable String name, @Nullable String kind) {
			return new AuthenticationRef(Require.present(name, "name"),
					(kind != null) ? kind : "TriggerAuthentication");
		}

	}

}
