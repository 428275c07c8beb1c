package dev.orderflow.scaling.simulation;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Traffic that was seen, and what was around it.
 *
 * @param scenario what came in, second by second, at a base rate of 1/s
 * @param startSeconds the start of a pod alone; absent where measured.yaml says it
 * @param perSecond what a replica takes; absent where measured.yaml says it
 * @param cluster what is around the replicas
 */
public record Recording(Scenario scenario, @Nullable Integer startSeconds, @Nullable Integer perSecond,
		Cluster cluster) {

	static Scenario scenario(int seconds, Map<Integer, Long> arrivals) {
		TreeMap<Integer, Load> stretches = new TreeMap<>(Map.of(0, Load.of(0)));
		arrivals.keySet().forEach((second) -> stretches.put(second + 1, Load.of(0)));
		arrivals.forEach((second, records) -> stretches.put(second, Load.of(records)));
		return new Scenario("arrivals", "what was seen", 1, stretches, seconds, 0);
	}

}
