package dev.orderflow.scaling.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * What is scaled.
 *
 * @param name the workload's name
 * @param apiVersion its API, a Deployment's unless given
 * @param kind its kind, a Deployment unless given
 * @param envSourceContainerName where KEDA looks variables up; absent for the first
 * container
 */
public record ScaleTarget(String name, String apiVersion, String kind, @Nullable String envSourceContainerName) {

	@JsonCreator
	static ScaleTarget of(@Nullable String name, @Nullable String apiVersion, @Nullable String kind,
			@Nullable String envSourceContainerName) {
		return new ScaleTarget(Require.present(name, "name"), (apiVersion != null) ? apiVersion : "apps/v1",
				(kind != null) ? kind : "Deployment", envSourceContainerName);
	}

}
