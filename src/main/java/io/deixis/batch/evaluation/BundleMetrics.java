package io.deixis.batch.evaluation;

import io.deixis.engine.bundle.BundleManifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Metrics that a bundle's manifest tells of its model. */
final class BundleMetrics {

  private BundleMetrics() {}

  /** Returns the manifest with more metrics, in the order of their names behind the others. */
  static BundleManifest added(BundleManifest manifest, Map<String, Double> more) {
    Map<String, Double> metrics = new LinkedHashMap<>(manifest.metrics());
    metrics.putAll(new TreeMap<>(more));
    return manifest.withMetrics(metrics);
  }
}
