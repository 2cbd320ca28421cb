package io.deixis.engine;

import io.deixis.engine.bundle.BundleException;
import io.deixis.engine.bundle.BundleManifest;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.published.Detector;
import io.deixis.engine.torch.EngineException;
import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A published detector: phrases by themselves, boxes as it gives them. */
final class PublishedModel implements GroundingModel {

  private static final int WARM_UP_SIDE = 64;

  private final BundleManifest manifest;
  private final Detector detector;

  private PublishedModel(BundleManifest manifest, Detector detector) {
    this.manifest = manifest;
    this.detector = detector;
  }

  /** Loads the model of a bundle, as {@link GroundingModel#load} does. */
  static PublishedModel load(ModelBundle bundle) {
    try {
      return new PublishedModel(
          bundle.manifest(), Detector.load(bundle.directory(), bundle.manifest().detector()));
    } catch (EngineException e) {
      throw new BundleException(e.problem(), e.remedy(), e);
    } catch (IllegalArgumentException e) {
      throw new BundleException(
          "The bundle %s cannot be loaded: %s".formatted(bundle.directory(), e.getMessage()),
          "import it again.",
          e);
    }
  }

  @Override
  public BundleManifest manifest() {
    return manifest;
  }

  /** The detector's own way of resizing needs all pixels. */
  @Override
  public UprightImage reduced(UprightImage image) {
    return image;
  }

  @Override
  public void warmUp() {
    byte[] grey = new byte[3 * WARM_UP_SIDE * WARM_UP_SIDE];
    Arrays.fill(grey, (byte) 127);
    UprightImage image = new UprightImage(WARM_UP_SIDE, WARM_UP_SIDE, grey);
    match(encode(image), List.of(ContextualPhrase.alone("a grey square")));
  }

  @Override
  public List<ImageFeatures> encode(List<UprightImage> images, Stopwatch watch) {
    List<ImageFeatures> features = new ArrayList<>();
    for (UprightImage image : images) {
      Detector.EncodedPhoto photo = detector.encode(image);
      features.add(new ImageFeatures(image.width(), image.height(), photo.boxes(), photo.arrays()));
    }
    watch.lap("backbone");
    return features;
  }

  @Override
  public EncodedPhrases encode(List<ContextualPhrase> phrases) {
    return detector.encode(phrases.stream().map(ContextualPhrase::text).toList());
  }

  @Override
  public List<PhraseMatches> match(ImageFeatures image, EncodedPhrases phrases) {
    List<PhraseMatches> matches = new ArrayList<>();
    float[] same = null;
    List<Box> boxes = List.of();
    for (Detector.Detections found : detector.match(photo(image), phrases)) {
      if (found.boxes() != same) {
        same = found.boxes();
        boxes = boxes(same, image);
      }
      matches.add(ranked(boxes, found.logits()));
    }
    return matches;
  }

  /**
   * Boxes that the photo has no part of, such as those in what it was padded with, are left out.
   */
  private PhraseMatches ranked(List<Box> boxes, float[] logits) {
    List<Integer> order =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .toList();
    List<Integer> inside = order.stream().filter(i -> boxes.get(i).area() > 0).toList();
    List<Integer> kept = inside.isEmpty() ? order : inside;
    List<Float> scores = kept.stream().map(i -> logits[i]).toList();
    return new PhraseMatches(
        kept.stream().map(boxes::get).toList(), scores, scores, manifest.detector().nms());
  }

  @Override
  public List<Box> candidates(ImageFeatures image) {
    return boxes(photo(image).boxes(), image);
  }

  private static Detector.EncodedPhoto photo(ImageFeatures image) {
    return new Detector.EncodedPhoto(image.boxes(), image.regions());
  }

  private static List<Box> boxes(float[] corners, ImageFeatures image) {
    List<Box> boxes = new ArrayList<>(corners.length / 4);
    for (int i = 0; i < corners.length; i += 4) {
      boxes.add(
          new Box(
                  corners[i],
                  corners[i + 1],
                  Math.max(corners[i], corners[i + 2]),
                  Math.max(corners[i + 1], corners[i + 3]))
              .scaled(image.width(), image.height())
              .clampedTo(image.width(), image.height()));
    }
    return boxes;
  }

  @Override
  public void close() {
    detector.close();
  }
}
