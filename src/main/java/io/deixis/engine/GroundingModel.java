package io.deixis.engine;

import ai.djl.Device;
import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.torch.EngineException;
import io.deixis.engine.torch.Precision;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.util.List;

/**
 * A model of a bundle: it encodes images and phrases, each once, and matches them. Features of an
 * image and of phrases mean something to the model alone that made them. Thread-safe; every call
 * frees what it allocates in the engine.
 */
public interface GroundingModel extends AutoCloseable {

  /** Loads the model of a bundle, to run in single precision. */
  static GroundingModel load(ModelBundle bundle, Device device) {
    return load(bundle, device, Precision.FLOAT32, BackboneRuntime.AUTO);
  }

  /**
   * Loads the model of a bundle.
   *
   * @param bundle an opened bundle
   * @param device where it runs
   * @param precision of the backbone's convolutions and products
   * @param runtime runs the backbone; only PyTorch knows other precisions than single
   * @throws BundleException if its files do not hold what they should
   * @throws EngineException if the engine does not offer the precision
   */
  static GroundingModel load(
      ModelBundle bundle, Device device, Precision precision, BackboneRuntime runtime) {
    return bundle.manifest().detector() == null
        ? RegionModel.load(bundle, device, precision, runtime)
        : PublishedModel.load(bundle);
  }

  /** Returns what the bundle says of the model. */
  BundleManifest manifest();

  /** Returns an image no larger than the model needs it, to be kept while it waits. */
  UprightImage reduced(UprightImage image);

  /** Runs everything once, so that the first question costs what later ones do. */
  void warmUp();

  /**
   * Encodes images, all in one pass if the model can: the part of the work that does not depend on
   * phrases.
   *
   * @param watch measures the stages
   * @return features of each, in order
   */
  List<ImageFeatures> encode(List<UprightImage> images, Stopwatch watch);

  /** Encodes one image. */
  default ImageFeatures encode(UprightImage image) {
    return encode(List.of(image), new Stopwatch()).get(0);
  }

  /** Encodes phrases, all as one batch: the part of the work that does not depend on the image. */
  EncodedPhrases encode(List<ContextualPhrase> phrases);

  /** Matches encoded phrases with an image's candidates; one answer for each phrase, in order. */
  List<PhraseMatches> match(ImageFeatures image, EncodedPhrases phrases);

  /** Matches phrases with an image's candidates; one answer for each phrase, in order. */
  default List<PhraseMatches> match(ImageFeatures image, List<ContextualPhrase> phrases) {
    return match(image, encode(phrases));
  }

  /**
   * Returns an image's candidates in pixels, before they are refined for a phrase; none if the
   * model finds others for each phrase.
   */
  List<Box> candidates(ImageFeatures image);

  @Override
  void close();
}
