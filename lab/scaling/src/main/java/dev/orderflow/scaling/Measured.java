package dev.orderflow.scaling;

import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.orderflow.scaling.simulation.Replica;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Capacity of one replica of each service. {@code measured.yaml} has the numbers and the
 * command that measured them.
 *
 * @param services by name
 */
public record Measured(Map<String, Replica> services) {

	private static final String FILE = "/measured.yaml";

	public Measured {
		services = Map.copyOf(services);
	}

	/** Reads {@code measured.yaml}. */
	public static Measured load() {
		InputStream file = Objects.requireNonNull(Measured.class.getResourceAsStream(FILE), FILE);
		return new Measured(new YAMLMapper().readValue(file, new TypeReference<Map<String, Replica>>() {
		}));
	}

	/** The capacity of one replica of a service. */
	public Optional<Replica> of(String service) {
		return Optional.ofNullable(this.services.get(service));
	}

}
