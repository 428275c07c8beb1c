package dev.orderflow.test.server;

/**
 * The images of the servers in containers, in the versions of the embedded servers, so
 * that both providers run the same programs; tests check that the versions match.
 */
final class Images {

	static final String POSTGRES = "postgres:18.6";

	static final String KAFKA = "apache/kafka:4.2.1";

	/**
	 * Testcontainers' own image, in the version that it requires; it removes the
	 * containers of a killed JVM.
	 */
	static final String RYUK = "testcontainers/ryuk:0.14.0";

	private Images() {
	}

}
