package dev.orderflow.scaling.simulation;

import java.util.Map;
import java.util.TreeMap;

import dev.orderflow.scaling.simulation.Cluster.Clocks;
import org.jspecify.annotations.Nullable;

/**
 * Recorded traffic and its environment.
 *
 * @param scenario incoming traffic, at a base rate of 1/s
 * @param startSeconds start time of a single pod; absent to use measured.yaml
 * @param perSecond throughput of a replica; absent to use measured.yaml
 * @param cluster environment of the replicas
 */
public record Recording(Scenario scenario, @Nullable Integer startSeconds, @Nullable Integer perSecond,
		Cluster cluster) {

	/** How long a recording may last, in seconds: a day. */
	static final int SECONDS_MAX = 86_400;

	/**
	 * Rates in the cluster of the scenarios.
	 * @param stepSeconds how long each rate applies
	 * @param rates per second, by the second from which on they apply
	 */
	static Recording of(int seconds, int stepSeconds, Map<Integer, ? extends Number> rates) {
		return new Recording(scenario(seconds, stepSeconds, rates), null, null, Cluster.with(Clocks.TOGETHER));
	}

	static Scenario scenario(int seconds, int stepSeconds, Map<Integer, ? extends Number> rates) {
		TreeMap<Integer, Load> stretches = new TreeMap<>(Map.of(0, Load.of(0)));
		rates.keySet().forEach((second) -> stretches.put(second + stepSeconds, Load.of(0)));
		rates.forEach((second, rate) -> stretches.put(second, Load.of(rate.doubleValue())));
		return new Scenario("arrivals", "recorded arrivals", 1, stretches, seconds, 0);
	}

}
