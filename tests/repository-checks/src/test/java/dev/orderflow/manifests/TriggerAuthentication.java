package dev.orderflow.manifests;

import java.util.List;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * A TriggerAuthentication of KEDA v2.20.2, with the fields that are used here; any other
 * field is an error.
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
	 * @param parameter the scaler's parameter
	 * @param name of the Secret
	 * @param key in the Secret
	 */
	record SecretTargetRef(String parameter, String name, String key) {
	}

}
