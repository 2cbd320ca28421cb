package io.deixis.grounding.requests;

import io.deixis.geometry.NonMaximumSuppression;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.ScoredBox;
import io.deixis.language.Phrase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The labels of a detection data set as people would ask for them. A bare noun gets its article. A
 * label for several kinds of things ("person") is asked by these kinds as well ("the man"):
 * captions name things by their kind, so a model that has learned from them gives the label itself
 * low scores where the kind is plain to see. A box of the label then has the highest score of any
 * of them.
 *
 * @param labels as they were written
 */
record LabelQuestions(List<String> labels) {

  /** Duplicates of one thing, found by several kinds. */
  private static final double SAME = 0.5;

  private static final Pattern DETERMINED =
      Pattern.compile(
          "(?:an?|the|one|two|three|four|some|all|both|every|each|any|no|his|her|their|my|your|its|this|that|these|those|\\d+)\\s.*",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

  private static final Map<String, List<String>> KINDS =
      Map.of(
          "person", List.of("man", "woman", "child"),
          "human", List.of("man", "woman", "child"),
          "animal", List.of("dog", "cat", "horse", "bird", "cow", "sheep"),
          "vehicle", List.of("car", "truck", "bus", "van", "motorcycle", "bicycle"));

  /** Copies the labels. */
  LabelQuestions {
    labels = List.copyOf(labels);
  }

  /** Returns the phrases to ask for, each once. */
  List<String> phrases() {
    Set<String> phrases = new LinkedHashSet<>();
    labels.forEach(label -> phrases.addAll(phrases(label)));
    return List.copyOf(phrases);
  }

  private static List<String> phrases(String label) {
    String noun = label.replace('_', ' ').strip();
    if (DETERMINED.matcher(noun).matches()) {
      return List.of(noun);
    }
    return Stream.concat(
            Stream.of(noun), KINDS.getOrDefault(noun.toLowerCase(Locale.ROOT), List.of()).stream())
        .map(kind -> "the " + kind)
        .toList();
  }

  /**
   * Returns what was found for each label, in the order of the labels.
   *
   * @param answers to {@link #phrases()}, in their order
   * @param top most boxes of a label
   */
  List<GroundedPhrase> of(List<GroundedPhrase> answers, int top) {
    Map<String, GroundedPhrase> byPhrase = new LinkedHashMap<>();
    List<String> phrases = phrases();
    for (int i = 0; i < phrases.size(); i++) {
      byPhrase.put(phrases.get(i), answers.get(i));
    }
    return labels.stream()
        .map(label -> of(label, phrases(label).stream().map(byPhrase::get).toList(), top))
        .toList();
  }

  private static GroundedPhrase of(String label, List<GroundedPhrase> asked, int top) {
    List<ScoredBox> boxes = new ArrayList<>();
    asked.forEach(answer -> boxes.addAll(answer.boxes()));
    boxes.sort(Comparator.comparingDouble(ScoredBox::score).reversed());
    List<ScoredBox> kept =
        asked.size() == 1
            ? boxes
            : new NonMaximumSuppression(SAME)
                .keep(boxes.stream().map(ScoredBox::box).toList(), top).stream()
                    .map(boxes::get)
                    .toList();
    double score = asked.stream().mapToDouble(GroundedPhrase::score).max().orElse(0);
    return new GroundedPhrase(Phrase.of(label), score, kept);
  }
}
