package io.deixis.engine;

import io.deixis.dataset.DatasetException;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.metrics.BundleEvaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Describes the active models as their bundles do, loaded or not. */
final class ModelDescriptions {

  private static final Logger LOG = Logger.getLogger(ModelDescriptions.class);

  private final ActiveModel models;
  private final LoadedModels loaded;

  ModelDescriptions(ActiveModel models, LoadedModels loaded) {
    this.models = models;
    this.loaded = loaded;
  }

  /**
   * Returns the model that a request names, or the default one.
   *
   * @throws GroundingException if there is none of this name
   */
  String nameOf(Optional<String> name) {
    List<String> names = models.names();
    if (name.isEmpty()) {
      return names.get(0);
    }
    if (!names.contains(name.get())) {
      throw Grounder.unknown(name.get(), names);
    }
    return name.get();
  }

  /** Describes all, the default first. One that cannot be read is left out, unless that is it. */
  List<ModelDescription> all() {
    List<String> names = models.names();
    List<ModelDescription> described = new ArrayList<>(List.of(of(names.get(0))));
    for (String name : names.subList(1, names.size())) {
      try {
        described.add(of(name));
      } catch (GroundingException unusable) {
        LOG.warn(unusable.getMessage());
      }
    }
    return described;
  }

  ModelDescription of(String name) {
    BundleManifest manifest = manifest(name);
    return new ModelDescription(
        name,
        manifest.version(),
        manifest.description(),
        manifest.licence(),
        manifest.thresholds(),
        manifest.metrics());
  }

  ModelProfile profile(String name) {
    ModelBundle bundle = new ModelBundle(models.directory(name), manifest(name));
    return new ModelProfile(
        of(name), bundle.manifest().provenance(), card(bundle), evaluation(bundle));
  }

  /**
   * Checks that a bundle was not replaced or lost under a running model.
   *
   * @throws GroundingException with reason {@code NOT_READY} if it was
   */
  void requireUnchanged(String name) {
    BundleManifest sealed = read(name);
    if (!loaded.manifest(name).orElse(sealed).equals(sealed)) {
      throw new GroundingException(
          Reason.NOT_READY,
          null,
          "The bundle in %s is another one than was loaded".formatted(models.directory(name)),
          "restart to load it");
    }
  }

  private BundleManifest manifest(String name) {
    return loaded.manifest(name).orElseGet(() -> read(name));
  }

  private BundleManifest read(String name) {
    try {
      return ModelBundle.readManifest(models.directory(name));
    } catch (BundleException unusable) {
      throw new GroundingException(Reason.NOT_READY, null, unusable.getMessage(), null, unusable);
    }
  }

  /** A card that was changed under a running model is left out. */
  private static Optional<String> card(ModelBundle bundle) {
    try {
      return bundle.card();
    } catch (BundleException unreadable) {
      LOG.warn(unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** An evaluation that cannot be read is left out; the model answers all the same. */
  private static BundleEvaluation evaluation(ModelBundle bundle) {
    try {
      return bundle.evaluation();
    } catch (DatasetException | BundleException unreadable) {
      LOG.warn(unreadable.getMessage());
      return BundleEvaluation.NONE;
    }
  }
}
