package dev.orderflow.scaling.keda;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Thousandths, in which a metric reaches the autoscaler. */
public final class Milli {

	private static final int DIGITS = 3;

	private Milli() {
	}

	/**
	 * {@code quantityFromFloat64} of KEDA v2.20.2, {@code pkg/scalers/scaler.go}: three
	 * decimal places; a negative value or NaN becomes 0.
	 */
	public static long of(double value) {
		if (!Double.isFinite(value) || value < 0) {
			return 0;
		}
		return new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN).movePointRight(DIGITS).longValueExact();
	}

}
