package dev.orderflow.carrier;

/** What the carrier offers. */
enum Service {

	/** A few days. */
	STANDARD(590),

	/** The next day. */
	EXPRESS(1290);

	private final long parcelCents;

	Service(long parcelCents) {
		this.parcelCents = parcelCents;
	}

	Offer offer(int parcels) {
		return new Offer(this, this.parcelCents * parcels, "EUR");
	}

	/**
	 * The price of a service.
	 *
	 * @param currency ISO 4217
	 */
	record Offer(Service service, long priceCents, String currency) {
	}

}
