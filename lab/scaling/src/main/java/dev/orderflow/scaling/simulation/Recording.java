package dev.orderflow.scaling.simulation;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Recorded traffic and its environment.
 *
 * @param scenario incoming traffic, second by second, at a base rate of 1/s
 * @param startSeconds start time of a single pod; absent to use measured.yaml
 * @param perSecond throughput of a replica; absent to use measured.yaml
 * @param cluster environment of the replicas
 */
public record Recording(Scenario scenario, @Nullable Integer startSeconds, @Nullable Integer perSecond,
		Cluster cluster) {

	static Scenario scenario(int seconds, Map<Integer, Long> arrivals) {
		TreeMap<Integer, Load> stretches = new TreeMap<>(Map.of(0, Load.of(0)));
		arrivals.keySet().forEach((second) -> stretches.put(second + 1, Load.of(0)));
		arrivals.forEach((second, records) -> stretches.put(second, Load.of(records)));
		return new Scenario("arrivals", "recorded arrivals", 1, stretches, seconds, 0);
	}

}
