package dev.orderflow.manifests;

import java.util.List;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * How KEDA logs in, with the fields of KEDA v2.20.2 that are used here; any other one is
 * an error.
 *
 * @param metadata its name
 * @param spec where the credentials are
 */
record TriggerAuthentication(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

	/**
	 * Where the credentials are.
	 *
	 * @param secretTargetRef one for each parameter
	 */
	record Spec(List<SecretTargetRef> secretTargetRef) {
	}

	/**
	 * One credential.
	 *
	 * @param parameter as the scaler calls it
	 * @param name of the Secret
	 * @param key in the Secret
	 */
	record SecretTargetRef(String parameter, String name, String key) {
	}

}
