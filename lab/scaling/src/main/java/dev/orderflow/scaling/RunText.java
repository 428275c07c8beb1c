package dev.orderflow.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.orderflow.scaling.simulation.Run;
import dev.orderflow.scaling.simulation.Tick;

/** A run as text: CSV with each second, or a table of the changes. */
final class RunText {

	/* The longest interval between two lines while nothing changes. */
	private static final int EVERY_SECONDS = 600;

	private static final String HEADER = "%8s  %9s  %10s  %11s  %7s  %8s  %5s  %6s  %10s";

	private static final String ROW = "%8s  %9.1f  %10d  %11.1f  %7s  %8d  %5d  %4d s  %10d";

	/* With more changes of load than this, a table does not have a line for each. */
	private static final int CHANGES_MAX = 100;

	private final Run run;

	private final boolean showsLoad;

	RunText(Run run) {
		this.run = run;
		this.showsLoad = run.scenario().changes().size() <= CHANGES_MAX;
	}

	/** One line for each second. */
	List<String> csv() {
		List<String> lines = new ArrayList<>();
		lines.add("second,perSecond,lag,metric,desired,replicas,ready,oldestAgeSeconds,rebalances");
		for (Tick tick : this.run.ticks()) {
			lines.add(String.format(Locale.ROOT, "%d,%.1f,%d,%.1f,%s,%d,%d,%d,%d", tick.second(), tick.perSecond(),
					tick.lag(), tick.metric(), desired(tick, ""), tick.replicas(), tick.ready(),
					tick.oldestAgeSeconds(), tick.rebalances()));
		}
		return lines;
	}

	/** A line for each second in which load or replicas change, and a summary. */
	List<String> table() {
		List<String> lines = new ArrayList<>();
		lines.add(HEADER.formatted("time", "in/s", "lag", "metric", "desired", "replicas", "ready", "oldest",
				"rebalances"));
		Tick before = this.run.ticks().getFirst();
		for (Tick tick : this.run.ticks()) {
			if (tick == before || isNews(before, tick)) {
				lines.add(String.format(Locale.ROOT, ROW, time(tick.second()), tick.perSecond(), tick.lag(),
						tick.metric(), desired(tick, "-"), tick.replicas(), tick.ready(), tick.oldestAgeSeconds(),
						tick.rebalances()));
			}
			before = tick;
		}
		lines.add("");
		lines.addAll(summary());
		return lines;
	}

	private boolean isNews(Tick before, Tick tick) {
		return tick.replicas() != before.replicas() || tick.ready() != before.ready()
				|| (this.showsLoad && tick.perSecond() != before.perSecond()) || tick.second() % EVERY_SECONDS == 0;
	}

	private List<String> summary() {
		return List.of(String.format(Locale.ROOT, "Longest wait          %d s; at most %d s in %.1f %% of the time",
				this.run.peakAgeSeconds(), Tick.OBJECTIVE_SECONDS, this.run.within(Tick.OBJECTIVE_SECONDS) * 100),
				String.format(Locale.ROOT, "Late events           %d of %d, %.2f %%: they waited longer than %d s",
						this.run.lateEvents(), this.run.events(),
						100.0 * this.run.lateEvents() / Math.max(1, this.run.events()), Tick.OBJECTIVE_SECONDS),
				"Most replicas         " + this.run.replicasMax(),
				String.format(Locale.ROOT, "Replica-seconds       %d, %.1f times those of perfect foresight",
						this.run.replicaSeconds(), this.run.replicaSeconds() / (double) this.run.idealReplicaSeconds()),
				"Rebalances            " + this.run.rebalances(),
				"Reversals             at most %d between two changes of load".formatted(this.run.turnsMax()));
	}

	private static String desired(Tick tick, String none) {
		return (tick.desired() < 0) ? none : Integer.toString(tick.desired());
	}

	private static String time(int second) {
		return "%d:%02d:%02d".formatted(second / 3600, second / 60 % 60, second % 60);
	}

}
