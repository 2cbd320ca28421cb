package io.deixis.training;

import ai.djl.engine.Engine;
import io.deixis.engine.torch.TorchEngine;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a bundle's manifest says of where it came from. */
final class Provenance {

  private Provenance() {}

  /**
   * Returns the texts by name.
   *
   * @param settings all settings
   * @param origin what the training was started by
   * @param data the data's fingerprint
   * @param start SHA-256 of the graph that training started from
   */
  static Map<String, String> of(
      BundleSettings settings, TrainingOrigin origin, String data, String start) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put(
        "backbone", "initialised from DEIMv2-Femto, trained on COCO by its authors, Apache-2.0");
    provenance.put("phrase encoder", "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0");
    provenance.put("data", "Flickr30k Entities (Plummer et al., 2015)");
    provenance.put("data fingerprint", data);
    provenance.put("start graph", start);
    provenance.put("command", origin.command());
    provenance.put("settings", settings.toString());
    provenance.put(
        "software",
        "%s, Java %s, DJL %s, PyTorch %s, %s %s"
            .formatted(
                origin.software(),
                System.getProperty("java.version"),
                Engine.getDjlVersion(),
                TorchEngine.start(0).version(),
                System.getProperty("os.name"),
                System.getProperty("os.arch")));
    return provenance;
  }
}
