package dev.orderflow.manifests;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An object of KEDA.
 *
 * @param fields its tree
 */
record KedaObject(Map<String, Object> fields) {

	String kind() {
		return text("kind");
	}

	String name() {
		return text("metadata.name");
	}

	/**
	 * What is at that path, such as {@code spec.triggers.0.type}; null where nothing is.
	 */
	Object at(String path) {
		Object found = this.fields;
		for (String key : path.split("\\.")) {
			found = switch (found) {
				case Map<?, ?> map -> map.get(key);
				case List<?> list when Integer.parseInt(key) < list.size() -> list.get(Integer.parseInt(key));
				case null, default -> null;
			};
		}
		return found;
	}

	String text(String path) {
		return Objects.toString(at(path), "");
	}

	/** 0 where there is none. */
	int number(String path) {
		return (at(path) instanceof Integer number) ? number : 0;
	}

	/** The topics of its Kafka triggers. */
	List<String> topics() {
		return triggers().stream()
			.map((trigger) -> trigger.text("metadata.topic"))
			.filter((t) -> !t.isEmpty())
			.toList();
	}

	@SuppressWarnings("unchecked")
	List<KedaObject> triggers() {
		List<Map<String, Object>> triggers = (List<Map<String, Object>>) Objects.requireNonNullElse(at("spec.triggers"),
				List.of());
		return triggers.stream().map(KedaObject::new).toList();
	}

}
