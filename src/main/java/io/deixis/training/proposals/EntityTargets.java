package io.deixis.training.proposals;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The distinct boxes of an image with the entity types that its sentences give them.
 *
 * @param boxes in normalised coordinates
 * @param types for each box the types' flags, several if sentences differ
 */
public record EntityTargets(List<Box> boxes, List<boolean[]> types) {

  /**
   * Reads the targets of an image.
   *
   * @param names the entity types, in the order of the backbone's entity logits (after objectness)
   */
  public static EntityTargets of(AnnotatedImage image, List<String> names) {
    Map<String, boolean[]> typesOfChain = new HashMap<>();
    for (EntitySentence sentence : image.sentences()) {
      for (EntityPhrase phrase : sentence.phrases()) {
        boolean[] types =
            typesOfChain.computeIfAbsent(phrase.chain(), chain -> new boolean[names.size()]);
        phrase.types().stream()
            .mapToInt(names::indexOf)
            .filter(type -> type >= 0)
            .forEach(type -> types[type] = true);
      }
    }
    Map<Box, boolean[]> typesOfBox = new LinkedHashMap<>();
    image
        .boxes()
        .forEach(
            (chain, boxes) -> {
              boolean[] ofChain = typesOfChain.getOrDefault(chain, new boolean[names.size()]);
              for (Box box : boxes) {
                boolean[] types =
                    typesOfBox.computeIfAbsent(
                        box.scaled(1.0 / image.width(), 1.0 / image.height()),
                        b -> new boolean[names.size()]);
                for (int t = 0; t < types.length; t++) {
                  types[t] |= ofChain[t];
                }
              }
            });
    return new EntityTargets(
        new ArrayList<>(typesOfBox.keySet()), new ArrayList<>(typesOfBox.values()));
  }

  /** Returns the targets of the image seen in a mirror. */
  public EntityTargets mirrored() {
    return new EntityTargets(
        boxes.stream().map(b -> new Box(1 - b.x2(), b.y1(), 1 - b.x1(), b.y2())).toList(), types);
  }
}
