package io.deixis.evaluation;

import io.deixis.metrics.BoxCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model's answers to a split.
 *
 * @param phrases every phrase occurrence that has a box
 * @param absent phrases asked of images that do not show them
 */
public record EvaluatedSplit(List<PhraseCase> phrases, List<AbsentPhrase> absent) {

  /** Copies the lists. */
  public EvaluatedSplit {
    phrases = List.copyOf(phrases);
    absent = List.copyOf(absent);
  }

  /**
   * Returns the boxes that a threshold decides on: all boxes of the phrases, and the best box of
   * each absent phrase, which is never right.
   */
  public List<BoxCase> boxCases() {
    List<BoxCase> cases = new ArrayList<>();
    for (PhraseCase phrase : phrases) {
      for (int box = 0; box < phrase.boxes().size(); box++) {
        cases.add(new BoxCase(phrase.logits().get(box), phrase.hit(box)));
      }
    }
    absent.forEach(phrase -> cases.add(new BoxCase(phrase.logit(), false)));
    return cases;
  }

  /** Returns the same boxes by entity type, types with more phrases first. */
  public Map<String, List<BoxCase>> boxCasesByType() {
    Map<String, List<BoxCase>> cases = new LinkedHashMap<>();
    types().keySet().forEach(type -> cases.put(type, ofType(type).boxCases()));
    return cases;
  }

  /** Returns the logit of the best box of each phrase that has any, read without its sentence. */
  public List<Double> presentLogits() {
    return phrases.stream()
        .filter(phrase -> !phrase.logits().isEmpty())
        .map(PhraseCase::aloneLogit)
        .toList();
  }

  /** Returns the logit of the best box of each absent phrase. */
  public List<Double> absentLogits() {
    return absent.stream().map(AbsentPhrase::logit).toList();
  }

  /** Returns the answers to phrases of one entity type. */
  public EvaluatedSplit ofType(String type) {
    return new EvaluatedSplit(
        phrases.stream().filter(p -> p.truth().phrase().types().contains(type)).toList(),
        absent.stream().filter(p -> p.types().contains(type)).toList());
  }

  /** Returns the entity types of the phrases and how many phrases have each, most first. */
  public Map<String, Integer> types() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (PhraseCase phrase : phrases) {
      Set.copyOf(phrase.truth().phrase().types())
          .forEach(type -> counts.merge(type, 1, Integer::sum));
    }
    Map<String, Integer> sorted = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(type -> sorted.put(type.getKey(), type.getValue()));
    return sorted;
  }
}
