package dev.orderflow.scaling.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The ScaledObjects and Deployments in a YAML file. Other kinds are skipped; a
 * ScaledObject is read completely or refused.
 *
 * @param scaledObjects in the order of the file
 * @param deployments in the order of the file
 */
public record Manifests(List<ScaledObject> scaledObjects, List<DeploymentFacts> deployments) {

	private static final YAMLMapper MAPPER = YAMLMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
		.build();

	public Manifests {
		scaledObjects = List.copyOf(scaledObjects);
		deployments = List.copyOf(deployments);
	}

	/**
	 * Reads a file of one or several documents.
	 * @throws InvalidManifestException if it is not YAML, or a ScaledObject in it is
	 * wrong
	 */
	public static Manifests read(Path file) {
		try {
			return parse(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InvalidManifestException ex) {
			throw new InvalidManifestException(file + ": " + ex.getMessage(), ex);
		}
	}

	/** Reads one or several documents, as {@link #read}. */
	public static Manifests parse(String yaml) {
		List<ScaledObject> scaledObjects = new ArrayList<>();
		List<DeploymentFacts> deployments = new ArrayList<>();
		for (JsonNode document : documents(yaml)) {
			switch (document.path("kind").asString("")) {
				case ScaledObject.KIND -> scaledObjects.add(scaledObject(document));
				case DeploymentFacts.KIND -> deployments.add(DeploymentFacts.of(document));
				default -> {
				}
			}
		}
		return new Manifests(scaledObjects, deployments);
	}

	/** The ScaledObject of that name as parsed YAML, if it is in the file. */
	public static Optional<Map<String, Object>> document(Path file, String name) {
		try {
			return documents(Files.readString(file)).stream()
				.filter((document) -> document.path("kind").asString("").equals(ScaledObject.KIND))
				.filter((document) -> document.path("metadata").path("name").asString("").equals(name))
				.map((document) -> MAPPER.convertValue(document, new TypeReference<Map<String, Object>>() {
				}))
				.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Reads one parsed document that is a ScaledObject, as {@link #read}. */
	public static ScaledObject scaledObject(Map<String, Object> document) {
		return scaledObject(MAPPER.<JsonNode>valueToTree(document));
	}

	/** The Deployment that a ScaledObject scales, if it is in the file. */
	public Optional<DeploymentFacts> target(ScaledObject object) {
		return this.deployments.stream()
			.filter((deployment) -> deployment.name().equals(object.spec().scaleTargetRef().name()))
			.findFirst();
	}

	/** The ScaledObject of that name, if it is in the file. */
	public Optional<ScaledObject> scaledObject(String name) {
		return this.scaledObjects.stream().filter((object) -> object.name().equals(name)).findFirst();
	}

	private static List<JsonNode> documents(String yaml) {
		try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
			return documents.readAll().stream().filter(Objects::nonNull).toList();
		}
		catch (JacksonException ex) {
			throw new InvalidManifestException("invalid YAML: " + ex.getOriginalMessage(), ex);
		}
	}

	private static ScaledObject scaledObject(JsonNode document) {
		String name = document.path("metadata").path("name").asString("without a name");
		try {
			return MAPPER.treeToValue(document, ScaledObject.class);
		}
		catch (UnrecognizedPropertyException ex) {
			throw new InvalidManifestException("ScaledObject %s: %s: unknown field, expected one of %s".formatted(name,
					path(ex),
					Objects.requireNonNull(ex.getKnownPropertyIds()).stream().map(Object::toString).sorted().toList()),
					ex);
		}
		catch (DatabindException ex) {
			throw new InvalidManifestException(
					"ScaledObject %s: %s: %s".formatted(name, path(ex), reason(ex.getCause(), ex)), ex);
		}
	}

	private static @Nullable String reason(@Nullable Throwable cause, DatabindException ex) {
		return (cause instanceof IllegalArgumentException) ? cause.getMessage() : ex.getOriginalMessage();
	}

	/* spec.triggers[0].metadata, as kubectl writes it. */
	private static String path(DatabindException ex) {
		String path = ex.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? "." + step.getPropertyName()
					: "[" + step.getIndex() + "]")
			.collect(Collectors.joining());
		return path.isEmpty() ? "." : path.substring(1);
	}

}
