/**
 * ScaledObjects and the Deployments beside them, as typed records, read from YAML.
 * {@link dev.orderflow.scaling.manifest.Manifests} reads; what the API server or KEDA
 * would refuse, and every field that it would silently drop, is an error that names its
 * path.
 */
@NullMarked
package dev.orderflow.scaling.manifest;

import org.jspecify.annotations.NullMarked;
