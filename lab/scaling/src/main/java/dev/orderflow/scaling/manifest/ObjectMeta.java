package dev.orderflow.scaling.manifest;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * Name and labels of an object.
 *
 * @param name its name
 * @param namespace its namespace; absent if the caller decides
 * @param labels its labels
 * @param annotations its annotations
 */
public record ObjectMeta(String name, @Nullable String namespace, Map<String, String> labels,
		Map<String, String> annotations) {

	public ObjectMeta {
		labels = Map.copyOf(labels);
		annotations = Map.copyOf(annotations);
	}

	@JsonCreator
	static ObjectMeta of(@Nullable String name, @Nullable String namespace, @Nullable Map<String, String> labels,
			@Nullable Map<String, String> annotations) {
		return new ObjectMeta(Require.present(name, "name"), namespace, (labels != null) ? labels : Map.of(),
				(annotations != null) ? annotations : Map.of());
	}

}
