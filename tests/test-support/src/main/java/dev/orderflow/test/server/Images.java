package dev.orderflow.test.server;

/**
 * The images of the servers in containers, in the versions of the embedded servers, so
 * that both providers run the same programs; tests hold the two together.
 */
final class Images {

	static final String POSTGRES = "postgres:18.6";

	static final String KAFKA = "apache/kafka:4.2.1";

	/**
	 * Testcontainers' own, in the version that it asks for: removes the containers of a
	 * killed JVM.
	 */
	static final String RYUK = "testcontainers/ryuk:0.14.0";

	private Images() {
	}

}
