package dev.orderflow.load;

/** Reasons why no consumer can process a record on the topic of orders. */
enum PoisonKind {

	/** Valid headers, but a value that is not JSON. */
	NO_JSON("no-json"),

	/** An event whose data lacks what its schema requires. */
	WRONG_SCHEMA("wrong-schema"),

	/** The data of an order, but none of the headers that make it an event. */
	NO_HEADERS("no-headers"),

	/** An event older than the inbox retention of every consumer. */
	TOO_OLD("too-old"),

	/** A valid event that no database can store. */
	UNSTORABLE("unstorable");

	/**
	 * The header with which every such record names its kind. Dead letters keep headers,
	 * so the kinds can be counted on a DLQ too.
	 */
	static final String HEADER = "poison-kind";

	private final String label;

	PoisonKind(String label) {
		this.label = label;
	}

	/** The header's value. */
	String label() {
		return this.label;
	}

}
