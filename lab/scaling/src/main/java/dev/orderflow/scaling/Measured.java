package dev.orderflow.scaling;

import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.orderflow.scaling.simulation.Replica;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What one replica of each service does, as {@code measured.yaml} says beside the command
 * that measured it.
 *
 * @param services by name
 */
public record Measured(Map<String, Replica> services) {

	private static final String FILE = "/measured.yaml";

	public Measured {
		services = Map.copyOf(services);
	}

	/** What the file says. */
	public static Measured load() {
		InputStream file = Objects.requireNonNull(Measured.class.getResourceAsStream(FILE), FILE);
		return new Measured(new YAMLMapper().readValue(file, new TypeReference<Map<String, Replica>>() {
		}));
	}

	/** That of a service. */
	public Optional<Replica> of(String service) {
		return Optional.ofNullable(this.services.get(service));
	}

}
