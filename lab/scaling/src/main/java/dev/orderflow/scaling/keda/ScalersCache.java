package dev.orderflow.scaling.keda;

import java.util.ArrayList;
import java.util.List;

/**
 * The scalers of a ScaledObject, kept from call to call, as in KEDA v2.20.2:
 * {@code pkg/scaling/cache/scalers_cache.go} {@code GetMetricsAndActivityForScaler} and
 * {@code refreshScaler}, {@code pkg/scaling/scale_handler.go}
 * {@code performGetScalersCache}. A scaler that fails is recreated and asked once more;
 * after a failure all scalers are dropped, and the next call recreates them. If one of
 * them cannot be created, there is no metric at all, not even a counted failure.
 */
final class ScalersCache {

	private final List<Scaler.Factory> factories;

	private final List<Scaler> scalers = new ArrayList<>();

	ScalersCache(List<Scaler.Factory> factories) {
		this.factories = List.copyOf(factories);
	}

	/**
	 * Creates the scalers unless they exist, all or none; false if one cannot be created.
	 */
	boolean connect() {
		if (this.scalers.isEmpty()) {
			try {
				this.scalers.addAll(this.factories.stream().map(Scaler.Factory::connect).toList());
			}
			catch (ScalerException ex) {
				return false;
			}
		}
		return true;
	}

	Reading read(int index) {
		try {
			return this.scalers.get(index).read();
		}
		catch (ScalerException ex) {
			this.scalers.set(index, this.factories.get(index).connect());
			return this.scalers.get(index).read();
		}
	}

	void clear() {
		this.scalers.clear();
	}

}
