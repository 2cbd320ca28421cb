package io.deixis.evaluation.report;

import io.deixis.evaluation.EvaluatedSplit;
import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.PhraseCase;
import io.deixis.metrics.Calibration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Phrases with truth beside prediction, worst first: those with the lowest IoU, and of equal ones
 * those that the model was surest of.
 *
 * @param types the filters by entity type
 * @param outcomes the filters by outcome
 * @param photos each photo once, for all cases of its image
 * @param cases the phrases
 */
public record Gallery(
    List<Filter> types, List<Filter> outcomes, List<Photo> photos, List<GalleryCase> cases) {

  /** Copies the lists. */
  public Gallery {
    types = List.copyOf(types);
    outcomes = List.copyOf(outcomes);
    photos = List.copyOf(photos);
    cases = List.copyOf(cases);
  }

  /**
   * A choice that hides the other cases.
   *
   * @param id of the choice and class of the cases that stay
   * @param title as people read it
   */
  public record Filter(String id, String title) {}

  /**
   * A photo.
   *
   * @param id by which cases refer to it
   * @param dataUri the encoded photo
   * @param width as annotated, in pixels
   * @param height as annotated, in pixels
   */
  public record Photo(String id, String dataUri, int width, int height) {}

  /**
   * Chooses cases.
   *
   * @param answers a model's answers
   * @param calibration of the model
   * @param each at most so many cases of each entity type and outcome
   * @param photos gives the photo of an image as {@code data:} URI, if it is to be shown
   */
  static Gallery of(
      EvaluatedSplit answers,
      Calibration calibration,
      int each,
      Function<String, Optional<String>> photos) {
    Map<String, Filter> types = new LinkedHashMap<>();
    answers
        .types()
        .keySet()
        .forEach(type -> types.put(type, new Filter("type-" + types.size(), type)));
    Map<String, Photo> shown = new LinkedHashMap<>();
    List<GalleryCase> cases = new ArrayList<>();
    for (PhraseCase phrase : worst(answers.phrases(), each)) {
      String image = phrase.truth().image();
      Photo photo = shown.get(image);
      if (photo == null) {
        photo = photos.apply(image).map(uri -> photo(shown.size(), uri, phrase)).orElse(null);
      }
      if (photo != null) {
        shown.put(image, photo);
      }
      cases.add(GalleryCase.of(phrase, calibration, types, photo));
    }
    return new Gallery(
        List.copyOf(types.values()),
        List.of(Outcome.values()).stream()
            .map(outcome -> new Filter("outcome-" + outcome.id(), outcome.title()))
            .toList(),
        List.copyOf(shown.values()),
        cases);
  }

  private static Photo photo(int index, String uri, PhraseCase phrase) {
    return new Photo("photo-" + index, uri, phrase.width(), phrase.height());
  }

  private static List<PhraseCase> worst(List<PhraseCase> phrases, int each) {
    record Group(String type, Outcome outcome) {}
    Map<Group, Integer> taken = new HashMap<>();
    return phrases.stream()
        .sorted(
            Comparator.comparingDouble(PhraseCase::bestIou)
                .thenComparing(Gallery::bestLogit, Comparator.reverseOrder()))
        .filter(
            phrase ->
                taken.merge(
                        new Group(phrase.truth().phrase().types().get(0), phrase.outcome()),
                        1,
                        Integer::sum)
                    <= each)
        .toList();
  }

  private static double bestLogit(PhraseCase phrase) {
    return phrase.logits().isEmpty() ? Double.NEGATIVE_INFINITY : phrase.logits().get(0);
  }
}
