package io.deixis.dataset.format;

import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.files.JsonFields;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A caption and what its phrases mean, gathered box by box.
 *
 * @param text the caption
 * @param mentions its phrases by their places, in reading order
 */
record Caption(String text, Map<Long, Mention> mentions) {

  /** Boxes and entity types of the phrase from {@code start} to {@code end}. */
  record Mention(int start, int end, List<Box> boxes, List<String> types) {}

  Caption(String text) {
    this(text, new TreeMap<>());
  }

  /**
   * Adds boxes to the phrase from {@code start} to {@code end}, in UTF-16 units; spaces around it
   * are left out.
   *
   * @throws JsonFields.BadField if nothing is left
   */
  void mention(int start, int end, Collection<Box> boxes, String type) {
    String words = text.substring(start, end);
    if (words.isBlank()) {
      throw new JsonFields.BadField("a span of the caption holds nothing but spaces");
    }
    int from = start + words.length() - words.stripLeading().length();
    int to = from + words.strip().length();
    Mention mention =
        mentions.computeIfAbsent(
            (long) from << Integer.SIZE | to,
            place -> new Mention(from, to, new ArrayList<>(1), new ArrayList<>(1)));
    boxes.stream().filter(box -> !mention.boxes.contains(box)).forEach(mention.boxes::add);
    if (!mention.types.contains(type)) {
      mention.types.add(type);
    }
  }

  /**
   * Returns the caption with its phrases.
   *
   * @param chains returns the coreference chain of boxes
   */
  EntitySentence sentence(Function<List<Box>, String> chains) {
    return new EntitySentence(
        text,
        mentions.values().stream()
            .map(
                mention ->
                    new EntityPhrase(
                        chains.apply(mention.boxes),
                        List.copyOf(mention.types),
                        text.substring(mention.start, mention.end),
                        mention.start))
            .toList());
  }
}
