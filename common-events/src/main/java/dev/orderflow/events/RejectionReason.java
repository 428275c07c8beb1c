package dev.orderflow.events;

/** Why an order cannot be fulfilled, as the name is in the data. */
public enum RejectionReason {

	/** At least one line asks for more than is available. */
	OUT_OF_STOCK,

	/** At least one product is not stocked. */
	UNKNOWN_SKU

}
