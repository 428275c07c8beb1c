package dev.orderflow.topology;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.orderflow.events.Topic;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/**
 * All services. A new service is an entry in {@code services.yaml}, with no change here.
 *
 * @param services in the order in which they start
 */
public record Topology(List<Service> services) {

	/** Default port of PostgreSQL on a laptop. */
	public static final int POSTGRES_PORT = 25432;

	/** Default port of Kafka on a laptop. */
	public static final int KAFKA_PORT = 29092;

	/**
	 * The operator's credential in the demo and in compose, which listen on the loopback
	 * address only. It is public.
	 */
	public static final String DEMO_OPERATOR_TOKEN = "orderflow-demo";

	private static final String FILE = "/services.yaml";

	public Topology {
		services = List.copyOf(services);
		Set<String> names = new HashSet<>();
		for (Service service : services) {
			if (!names.add(service.name())) {
				throw new IllegalArgumentException("Service %s is listed twice".formatted(service.name()));
			}
		}
	}

	/** Reads {@code services.yaml}. */
	public static Topology load() {
		try (InputStream file = Topology.class.getResourceAsStream(FILE)) {
			Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
			return JsonMapper.builder().build().convertValue(tree, Topology.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not read " + FILE, ex);
		}
	}

	/** The service with that name. */
	public Service service(String name) {
		return this.services.stream()
			.filter((service) -> service.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Unknown service %2$s: expected one of %1$s"
				.formatted(this.services.stream().map(Service::name).toList(), name)));
	}

	/** Every topic of every service. */
	public List<Topic> topics() {
		return this.services.stream().flatMap((service) -> service.topics().stream()).distinct().toList();
	}

}
