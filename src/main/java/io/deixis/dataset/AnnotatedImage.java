package io.deixis.dataset;

import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 */
public record AnnotatedImage(
    String id,
    int width,
    int height,
    Map<String, List<Box>> boxes,
    Set<String> scenes,
    Set<String> withoutBox,
    List<EntitySentence> sentences) {

  /** Copies the collections, keeping their order. */
  public AnnotatedImage {
    Map<String, List<Box>> copies = new LinkedHashMap<>();
    boxes.forEach((chain, chainBoxes) -> copies.put(chain, List.copyOf(chainBoxes)));
    boxes = Collections.unmodifiableMap(copies);
    scenes = Collections.unmodifiableSet(new LinkedHashSet<>(scenes));
    withoutBox = Collections.unmodifiableSet(new LinkedHashSet<>(withoutBox));
    sentences = List.copyOf(sentences);
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
