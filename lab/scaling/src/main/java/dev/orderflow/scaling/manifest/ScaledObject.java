package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * A ScaledObject of {@code keda.sh/v1alpha1}, as KEDA v2.20.2 accepts it
 * ({@code apis/keda/v1alpha1/scaledobject_types.go}, {@code scaledobject_webhook.go}).
 *
 * @param apiVersion always {@code keda.sh/v1alpha1}
 * @param kind always {@code ScaledObject}
 * @param metadata its name
 * @param spec its specification
 */
public record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObjectSpec spec) {

	/** The kind that identifies a ScaledObject's document. */
	public static final String KIND = "ScaledObject";

	private static final String API_VERSION = "keda.sh/v1alpha1";

	/* Both names are used as label values. */
	private static final int NAME_LENGTH_MAX = 63;

	@JsonCreator
	static ScaledObject of(@Nullable String apiVersion, @Nullable String kind, @Nullable ObjectMeta metadata,
			@Nullable ScaledObjectSpec spec) {
		Require.that(API_VERSION.equals(apiVersion), "expected apiVersion %s, found %s", API_VERSION, apiVersion);
		ScaledObject object = new ScaledObject(API_VERSION, KIND, Require.present(metadata, "metadata"),
				Require.present(spec, "spec"));
		Require.that(object.hpaName().length() <= NAME_LENGTH_MAX && object.name().length() <= NAME_LENGTH_MAX,
				"expected names of the ScaledObject and its autoscaler of at most %d characters, found %s",
				NAME_LENGTH_MAX, object.hpaName());
		return object;
	}

	/** Its name. */
	public String name() {
		return this.metadata.name();
	}

	/** The name of the HorizontalPodAutoscaler that KEDA creates for it. */
	public String hpaName() {
		String given = this.spec.advanced().hpaName();
		return (given != null) ? given : "keda-hpa-" + name();
	}

}
