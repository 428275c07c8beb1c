package dev.orderflow.manifests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.orderflow.scaling.manifest.ScaledObject;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The objects of a rendered overlay, read with Kubernetes' own types as strictly as the
 * API server does with field validation: an unknown field, a number where a string is
 * expected and a kind that is not listed here are errors.
 *
 * @param objects those that Kubernetes knows
 * @param scaledObjects KEDA's, as module scaling reads them
 * @param authentications KEDA's
 */
record Manifests(List<HasMetadata> objects, List<ScaledObject> scaledObjects,
		List<TriggerAuthentication> authentications) {

	private static final Map<String, Class<? extends HasMetadata>> KINDS = new HashMap<>();

	static {
		Stream
			.of(ConfigMap.class, Deployment.class, Job.class, Namespace.class, NetworkPolicy.class,
					PersistentVolumeClaim.class, PodDisruptionBudget.class, PriorityClass.class, Role.class,
					RoleBinding.class, Secret.class, Service.class, ServiceAccount.class, StatefulSet.class)
			.forEach((kind) -> KINDS.put(HasMetadata.getApiVersion(kind) + " " + HasMetadata.getKind(kind), kind));
	}

	private static final ObjectMapper STRICT = strictMapper();

	/** Reads the documents of a rendered overlay. */
	static Manifests parse(String yaml) {
		return of(documents(yaml));
	}

	/** The documents of a rendered overlay as trees, which a test may change. */
	@SuppressWarnings("unchecked")
	static List<Map<String, Object>> documents(String yaml) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		List<Map<String, Object>> documents = new ArrayList<>();
		new Yaml(new SafeConstructor(options)).loadAll(yaml)
			.forEach((document) -> documents.add((Map<String, Object>) document));
		return documents;
	}

	static Manifests of(List<Map<String, Object>> documents) {
		List<HasMetadata> objects = new ArrayList<>();
		List<ScaledObject> scaledObjects = new ArrayList<>();
		List<TriggerAuthentication> authentications = new ArrayList<>();
		for (Map<String, Object> document : documents) {
			String kind = document.get("apiVersion") + " " + document.get("kind");
			Class<? extends HasMetadata> type = KINDS.get(kind);
			if (kind.equals("keda.sh/v1alpha1 ScaledObject")) {
				scaledObjects.add(dev.orderflow.scaling.manifest.Manifests.scaledObject(document));
			}
			else if (kind.equals("keda.sh/v1alpha1 TriggerAuthentication")) {
				authentications.add(STRICT.convertValue(document, TriggerAuthentication.class));
			}
			else if (type == null) {
				throw new IllegalArgumentException(
						"Unknown kind %s: expected one of %s".formatted(kind, KINDS.keySet()));
			}
			else {
				objects.add(STRICT.convertValue(document, type));
			}
		}
		return new Manifests(List.copyOf(objects), List.copyOf(scaledObjects), List.copyOf(authentications));
	}

	/** All objects of that kind. */
	<T extends HasMetadata> List<T> all(Class<T> kind) {
		return this.objects.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	/** The object of that kind and name. */
	<T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
		return all(kind).stream().filter((object) -> object.getMetadata().getName().equals(name)).findFirst();
	}

	/** All workloads: Deployments, StatefulSets and Jobs. */
	List<Workload> workloads() {
		return this.objects.stream().flatMap((object) -> Workload.of(object).stream()).toList();
	}

	/** The workloads of the services, without servers and tools. */
	List<Workload> services() {
		return workloads().stream().filter(Workload::isService).toList();
	}

	/** The ScaledObject of the Deployment of that name. */
	Optional<ScaledObject> scaledObject(String deployment) {
		return this.scaledObjects.stream()
			.filter((object) -> object.spec().scaleTargetRef().name().equals(deployment))
			.findFirst();
	}

	/** The maximum of pods of a workload, without the surge of a rollout. */
	int replicasMax(Workload workload) {
		return scaledObject(workload.name()).map((object) -> object.spec().maxReplicaCount())
			.orElse(workload.replicas());
	}

	private static ObjectMapper strictMapper() {
		JsonMapper mapper = JsonMapper.builder()
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.annotationIntrospector(new JacksonAnnotationIntrospector() {
				/*
				 * The models collect unknown fields in a map; here they are to be errors.
				 */
				@Override
				public Boolean hasAnySetter(Annotated annotated) {
					return false;
				}
			})
			.build();
		for (CoercionInputShape shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float,
				CoercionInputShape.Boolean)) {
			mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
		}
		return mapper;
	}

}
