package dev.orderflow.analytics;

import java.time.Instant;
import java.util.List;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The service: counts every order into the set that serves and the one that stands by.
 */
@Component
@Profile("!" + Rebuild.PROFILE)
class ContinuousCounting implements Counting {

	private final FigureSets figureSets;

	ContinuousCounting(FigureSets figureSets) {
		this.figureSets = figureSets;
	}

	@Override
	public String handler() {
		return "analytics-service";
	}

	@Override
	public boolean covers(Instant hour) {
		return true;
	}

	@Override
	public List<FigureSet> sets() {
		return this.figureSets.keep();
	}

}
