package dev.orderflow.analytics.rebuild;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.orderflow.analytics.Counting;
import dev.orderflow.analytics.FigureSet;
import dev.orderflow.analytics.FigureSets;
import dev.orderflow.analytics.Rebuild;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The process of a rebuild: counts the orders of the hours that are recomputed into the
 * set that is built. Its own handler name lets it count events that the service has
 * counted.
 */
@Component
@Profile(Rebuild.PROFILE)
class RebuildCounting implements Counting {

	private final FigureSets figureSets;

	private volatile @Nullable Rebuild rebuild;

	RebuildCounting(FigureSets figureSets) {
		this.figureSets = figureSets;
	}

	/** Says which rebuild it is, before the first event. */
	void countFor(Rebuild rebuild) {
		this.rebuild = rebuild;
	}

	@Override
	public String handler() {
		return rebuild().handler();
	}

	@Override
	public boolean covers(Instant hour) {
		return rebuild().recomputes(hour);
	}

	@Override
	public List<FigureSet> sets() {
		this.figureSets.requireBuilding(rebuild());
		return List.of(rebuild().set());
	}

	private Rebuild rebuild() {
		return Objects.requireNonNull(this.rebuild, "No rebuild has begun");
	}

}
