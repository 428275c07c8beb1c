package dev.orderflow.scaling.keda;

/** A scaler whose answers a test gives. */
final class FakeScaler implements Scaler, Scaler.Factory {

	Reading reading = new Reading(0, false);

	boolean answers = true;

	boolean connects = true;

	int connected;

	/** Answers with this lag, active above 0. */
	void lag(long records) {
		this.answers = true;
		this.connects = true;
		this.reading = new Reading(records * 1000, records > 0);
	}

	@Override
	public Scaler connect() {
		if (!this.connects) {
			throw new ScalerException("Expected a broker, found none");
		}
		this.connected++;
		return this;
	}

	@Override
	public Reading read() {
		if (!this.answers || !this.connects) {
			throw new ScalerException("Expected an answer, found none");
		}
		return this.reading;
	}

}
