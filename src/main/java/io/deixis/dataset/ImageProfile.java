package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an image brings into a split.
 *
 * @param image its id
 * @param types the entity types of its phrases with a box
 * @param positiveRatio the share of its query-region pairs that are positive, in [0, 1]
 */
public record ImageProfile(String image, Set<String> types, double positiveRatio) {

  /** Copies the types. */
  public ImageProfile {
    types = Set.copyOf(types);
  }

  /** Returns an image's profile where its own truth boxes are the candidates. */
  public static ImageProfile of(AnnotatedImage image) {
    return of(image, image.boxes().values().stream().flatMap(List::stream).distinct().toList());
  }

  /**
   * Returns an image's profile.
   *
   * @param image the image
   * @param candidates the candidate boxes that its phrases are paired with
   */
  public static ImageProfile of(AnnotatedImage image, List<Box> candidates) {
    List<GroundTruth> truths = image.groundTruth();
    Set<String> types =
        truths.stream()
            .flatMap(truth -> truth.phrase().types().stream())
            .collect(Collectors.toSet());
    return new ImageProfile(
        image.id(), types, QueryRegionPairs.of(truths, candidates).positiveRatio());
  }
}
