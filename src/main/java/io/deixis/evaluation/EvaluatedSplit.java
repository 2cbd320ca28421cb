package io.deixis.evaluation;

import static java.util.stream.Collectors.toList;

import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.evaluation.AbsentQuestion.Origin;
import io.deixis.metrics.AbsenceTable;
import io.deixis.metrics.AbsenceTally;
import io.deixis.metrics.BoxCase;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.RecallTable;
import io.deixis.metrics.ShareByImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model's answers to a split.
 *
 * @param phrases every phrase occurrence that has a box
 * @param absent phrases asked of images that do not show them
 */
public record EvaluatedSplit(List<PhraseCase> phrases, List<AbsentPhrase> absent) {

  private static final Set<Origin> TUNED_ON = EnumSet.of(Origin.OTHER_IMAGE, Origin.SIBLING);

  private static final Set<Origin> UNRELATED = EnumSet.of(Origin.OTHER_IMAGE, Origin.ANNOTATED);

  /** Copies the lists. */
  public EvaluatedSplit {
    phrases = List.copyOf(phrases);
    absent = List.copyOf(absent);
  }

  /**
   * Returns the boxes that a threshold decides on: all boxes of the phrases, and the best box of
   * each phrase of another image and each sibling, which is never right.
   */
  public List<BoxCase> boxCases() {
    List<BoxCase> cases = new ArrayList<>();
    for (PhraseCase phrase : phrases) {
      for (int box = 0; box < phrase.boxes().size(); box++) {
        cases.add(new BoxCase(phrase.logits().get(box), phrase.hit(box)));
      }
    }
    tunedOn().forEach(phrase -> cases.add(new BoxCase(phrase.logit(), false)));
    return cases;
  }

  /** Returns the absent phrases whose best box counts as a box that a threshold decides on. */
  List<AbsentPhrase> tunedOn() {
    return absent.stream().filter(phrase -> TUNED_ON.contains(phrase.origin())).toList();
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

  /** Returns the logit of the best box of each absent phrase that is no sibling. */
  public List<Double> absentLogits() {
    return absent.stream()
        .filter(phrase -> UNRELATED.contains(phrase.origin()))
        .map(AbsentPhrase::logit)
        .toList();
  }

  /**
   * Tells how absent phrases are told from present ones, by where they come from and, of siblings,
   * by kind.
   *
   * @param calibration of the model
   * @param threshold of the model, a calibrated score
   * @param seed of the confidence intervals
   */
  public AbsenceTable absenceTable(Calibration calibration, double threshold, long seed) {
    AbsenceTally tally = new AbsenceTally(threshold);
    for (PhraseCase phrase : phrases) {
      tally.present(phrase.truth().image(), calibration.probability(phrase.aloneLogit()));
    }
    for (Origin origin : Origin.values()) {
      List<AbsentPhrase> ofOrigin = absent(origin);
      if (origin != Origin.OPPOSITE) {
        ofOrigin.forEach(
            phrase ->
                tally.absent(
                    origin.title(), phrase.image(), calibration.probability(phrase.logit())));
      }
      ofOrigin.stream()
          .filter(phrase -> phrase.question().kind() != null)
          .sorted(Comparator.comparing(phrase -> phrase.question().kind()))
          .forEach(
              phrase ->
                  tally.absent(
                      origin == Origin.OPPOSITE
                          ? phrase.question().kind()
                          : origin.title() + ": " + phrase.question().kind(),
                      phrase.image(),
                      calibration.probability(phrase.logit())));
    }
    return tally.compute(bothSexes(seed), seed);
  }

  /** Returns the absent phrases that come from one origin. */
  public List<AbsentPhrase> absent(Origin origin) {
    return absent.stream().filter(phrase -> phrase.origin() == origin).toList();
  }

  private static final Set<String> MALE = Set.of("man", "boy");
  private static final Set<String> FEMALE = Set.of("woman", "girl");

  /** Phrases of one sex in images that show the other sex too, asked for by themselves. */
  private RecallTable.Recall bothSexes(long seed) {
    Map<String, List<PhraseCase>> male = byImage(MALE, FEMALE);
    Map<String, List<PhraseCase>> female = byImage(FEMALE, MALE);
    male.keySet().retainAll(female.keySet());
    female.keySet().retainAll(male.keySet());
    ShareByImage share = new ShareByImage();
    Stream.of(male, female)
        .flatMap(ofSex -> ofSex.values().stream().flatMap(List::stream))
        .forEach(phrase -> share.update(phrase.truth().image(), phrase.aloneHit()));
    RecallTable.Recall result = share.compute(seed);
    return result.phrases() == 0 ? null : result;
  }

  private Map<String, List<PhraseCase>> byImage(Set<String> sex, Set<String> otherSex) {
    return phrases.stream()
        .filter(
            phrase -> {
              List<String> things = SiblingPhrases.things(phrase.truth().phrase().text());
              return !Collections.disjoint(things, sex) && Collections.disjoint(things, otherSex);
            })
        .collect(Collectors.groupingBy(phrase -> phrase.truth().image(), TreeMap::new, toList()));
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
