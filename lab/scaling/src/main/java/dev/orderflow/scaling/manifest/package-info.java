/**
 * ScaledObjects and Deployments as typed records, read from YAML by
 * {@link dev.orderflow.scaling.manifest.Manifests}. A value that the API server or KEDA
 * would reject, and a field that they would silently drop, is an error with its path.
 */
@NullMarked
package dev.orderflow.scaling.manifest;

import org.jspecify.annotations.NullMarked;
