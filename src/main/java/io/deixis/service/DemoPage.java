package io.deixis.service;

import io.deixis.grounding.ModelDescription;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything the demo page's template shows.
 *
 * @param form what the form holds
 * @param threshold where the slider stands, in [0, 1]
 * @param marks the thresholds that the model knows by name
 * @param answer what was found, or null
 * @param problem why nothing was answered, one sentence, or null
 * @param maxMegabytes of an upload
 */
public record DemoPage(
    DemoForm form,
    double threshold,
    List<Mark> marks,
    AnswerView answer,
    String problem,
    int maxMegabytes) {

  /** Where the slider stands if no model says better. */
  private static final double MIDDLE = 0.5;

  /**
   * A named place on the slider; thresholds of single entity types ({@code best/people}) have none.
   *
   * @param name of the threshold
   * @param value in [0, 1], two decimals
   * @param percent the value in percent, for drawing
   */
  public record Mark(String name, String value, String percent) {

    static List<Mark> of(ModelDescription model) {
      return model.thresholds().entrySet().stream()
          .filter(threshold -> threshold.getKey().indexOf('/') < 0)
          .sorted(Map.Entry.comparingByValue())
          .map(
              threshold ->
                  new Mark(
                      threshold.getKey(),
                      twoDecimals(threshold.getValue()),
                      twoDecimals(100 * threshold.getValue())))
          .toList();
    }
  }

  /** Returns where the slider stands before anyone moved it. */
  static double initialThreshold(ModelDescription model) {
    return model.thresholds().getOrDefault("best", MIDDLE);
  }

  /** Returns the page while no model answers. */
  static DemoPage withoutModel(DemoForm form, String problem, int maxMegabytes) {
    return new DemoPage(form, MIDDLE, List.of(), null, problem, maxMegabytes);
  }

  /** Returns the threshold with two decimals. */
  public String thresholdText() {
    return twoDecimals(threshold);
  }

  /** Returns the example photos. */
  public List<ExamplePhoto> examples() {
    return List.of(ExamplePhoto.values());
  }

  /** Returns the photo to show before anything was asked, or null. */
  public ExamplePhoto invitingPhoto() {
    return form.example().orElse(null);
  }

  /** Returns whether {@code photo} is the chosen one. */
  public boolean chosen(ExamplePhoto photo) {
    return form.example().filter(photo::equals).isPresent();
  }

  private static String twoDecimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
