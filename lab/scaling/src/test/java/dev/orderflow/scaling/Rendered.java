package dev.orderflow.scaling;

import java.nio.file.Path;
import java.util.List;

import dev.orderflow.scaling.manifest.KafkaSource;
import dev.orderflow.scaling.manifest.Manifests;
import dev.orderflow.scaling.manifest.ScaledObject;

/** The manifests as the cluster gets them. */
final class Rendered {

	static final Path KIND = Path.of("../../k8s/rendered/kind.yaml");

	static final Path EXTERNAL_SERVICES = Path.of("../../k8s/rendered/external-services.yaml");

	private Rendered() {
	}

	/** Those that scale by lag. */
	static List<ScaledObject> consumers(Path file) {
		return Manifests.read(file).scaledObjects().stream().filter(Rendered::isConsumer).toList();
	}

	/** Those that scale by requests. */
	static List<ScaledObject> others(Path file) {
		return Manifests.read(file).scaledObjects().stream().filter((object) -> !isConsumer(object)).toList();
	}

	private static boolean isConsumer(ScaledObject object) {
		return object.spec().triggers().getFirst().source() instanceof KafkaSource;
	}

}
