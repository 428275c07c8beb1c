package dev.orderflow.test.server;

import java.util.Locale;

/**
 * Where the servers of a test run come from. The system property
 * {@code orderflow.test.servers} chooses, {@code embedded} without it; {@code mvn verify
 * -Pcontainers} sets it. Both provide the same databases, roles and settings.
 */
public enum ServerProvider {

	/** Processes of this machine, from binaries on the class path. */
	EMBEDDED {

		@Override
		public TestPostgres startPostgres() {
			return EmbeddedPostgres.startNew();
		}

		@Override
		public TestKafka startKafka() {
			return EmbeddedKafka.startNew();
		}

	},

	/**
	 * Containers of the Docker engine of this machine. Without such an engine, or without
	 * the images, each start fails at once and says what to do.
	 */
	CONTAINERS {

		@Override
		public TestPostgres startPostgres() {
			return ContainerPostgres.startNew();
		}

		@Override
		public TestKafka startKafka() {
			return ContainerKafka.startNew();
		}

	};

	private static final String PROPERTY = "orderflow.test.servers";

	/** The provider that this test run selects. */
	public static ServerProvider chosen() {
		String name = System.getProperty(PROPERTY, "embedded");
		for (ServerProvider provider : values()) {
			if (provider.name().toLowerCase(Locale.ROOT).equals(name)) {
				return provider;
			}
		}
		throw new IllegalArgumentException(
				"Invalid %s: expected embedded or containers, found '%s'".formatted(PROPERTY, name));
	}

	/** Starts a new PostgreSQL on a free port. The caller closes it. */
	public abstract TestPostgres startPostgres();

	/** Starts a new Kafka on a free port. The caller closes it. */
	public abstract TestKafka startKafka();

}
