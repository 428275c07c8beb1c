/**
 * ScaledObjects and Deployments as typed records, read from YAML by
 * {@link dev.orderflow.scaling.manifest.Manifests}. Whatever the API server or KEDA would
 * refuse, and every field that they would silently drop, is an error that names its path.
 */
@NullMarked
package dev.orderflow.scaling.manifest;

import org.jspecify.annotations.NullMarked;
