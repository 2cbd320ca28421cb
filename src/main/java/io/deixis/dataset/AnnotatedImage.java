package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image's annotations: its captions and, by coreference chain, the boxes of what they name.
 *
 * @param id the image's name without its extension
 * @param width pixels across of the image as annotated
 * @param height pixels down of the image as annotated
 * @param boxes the truth boxes by chain, in 0-based pixels, in file order; a chain without boxes is
 *     not a key
 * @param scenes the chains that name the whole scene
 * @param withoutBox the chains that are marked as having no box
 * @param sentences the captions in file order
 * @param absent phrases that the image does not show, by those who annotated it
 */
public record AnnotatedImage(
    String id,
    int width,
    int height,
    Map<String, List<Box>> boxes,
    Set<String> scenes,
    Set<String> withoutBox,
    List<EntitySentence> sentences,
    List<String> absent) {

  /** Whole pixels of a reduced photo change its shape a little. */
  private static final double SHAPE_TOLERANCE = 0.02;

  /** Copies the collections, keeping their order. */
  public AnnotatedImage {
    Map<String, List<Box>> copies = new LinkedHashMap<>();
    boxes.forEach((chain, chainBoxes) -> copies.put(chain, List.copyOf(chainBoxes)));
    boxes = Collections.unmodifiableMap(copies);
    scenes = Collections.unmodifiableSet(new LinkedHashSet<>(scenes));
    withoutBox = Collections.unmodifiableSet(new LinkedHashSet<>(withoutBox));
    sentences = List.copyOf(sentences);
    absent = List.copyOf(absent);
  }

  /** Creates the annotations of an image without phrases that are marked as absent. */
  public AnnotatedImage(
      String id,
      int width,
      int height,
      Map<String, List<Box>> boxes,
      Set<String> scenes,
      Set<String> withoutBox,
      List<EntitySentence> sentences) {
    this(id, width, height, boxes, scenes, withoutBox, sentences, List.of());
  }

  /**
   * Returns what is wrong with a photo that has not the size of its annotations.
   *
   * @param photo its file
   * @param photoWidth pixels across of the photo, seen upright
   * @param photoHeight pixels down of the photo, seen upright
   */
  public Optional<Defect> sizeDefect(Path photo, int photoWidth, int photoHeight) {
    return photoWidth == width && photoHeight == height
        ? Optional.empty()
        : Optional.of(
            Defect.ofFile(
                photo,
                "the photo has %d x %d pixels where its annotations say %d x %d"
                    .formatted(photoWidth, photoHeight, width, height)));
  }

  /**
   * Returns whether a photo has the shape that was annotated. One of the same shape is reduced or
   * enlarged, and its boxes with it. One of another shape is another photo: its boxes are
   * elsewhere.
   *
   * @param photoWidth pixels across of the photo, seen upright
   * @param photoHeight pixels down of the photo, seen upright
   */
  public boolean hasShapeOf(int photoWidth, int photoHeight) {
    double stretch = (double) photoWidth * height / ((double) photoHeight * width);
    return Math.abs(stretch - 1) <= SHAPE_TOLERANCE;
  }

  /** Returns the truth boxes of {@code phrase}, empty if its chain has none. */
  public List<Box> boxesOf(EntityPhrase phrase) {
    return boxes.getOrDefault(phrase.chain(), List.of());
  }

  /** Returns every phrase occurrence whose chain has a box, caption by caption. */
  public List<GroundTruth> groundTruth() {
    List<GroundTruth> truths = new ArrayList<>();
    for (int sentence = 0; sentence < sentences.size(); sentence++) {
      for (EntityPhrase phrase : sentences.get(sentence).phrases()) {
        List<Box> phraseBoxes = boxesOf(phrase);
        if (!phraseBoxes.isEmpty()) {
          truths.add(new GroundTruth(id, sentence, phrase, phraseBoxes));
        }
      }
    }
    return truths;
  }
}
