package io.deixis.service.demo;

import io.deixis.evaluation.report.Printed;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.TypeThresholds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the demo page's template shows.
 *
 * @param form what the form holds
 * @param models the names of the models that answer, the default first
 * @param threshold where the slider stands, in [0, 1]
 * @param usual where it stands if nobody moves it
 * @param marks the thresholds that have a name
 * @param answer what was found, or null
 * @param problem why nothing was answered, one sentence, or null
 * @param mayPass whether the same question may be answered a little later
 * @param maxBytes of an upload
 * @param keyNeeded whether programs need a key for the interface
 */
public record DemoPage(
    DemoForm form,
    List<String> models,
    double threshold,
    double usual,
    List<Mark> marks,
    AnswerView answer,
    String problem,
    boolean mayPass,
    int maxBytes,
    boolean keyNeeded) {

  /** Where the slider stands if no model says better. */
  static final double MIDDLE = 0.5;

  /**
   * A named place on the slider; thresholds of single entity types ({@code best/people}) have none.
   *
   * @param name of the threshold
   * @param value in [0, 1], two decimals
   * @param percent the value in percent, two decimals, for drawing
   * @param rounded the value in percent, as people read it
   * @param meaning where the threshold comes from, or null if the bundle alone knows
   */
  public record Mark(String name, String value, String percent, long rounded, String meaning) {

    private static final String YOURS = "yours";

    private static final Map<String, String> MEANINGS =
        Map.of(
            "best",
            "The best balance of misses and wrong boxes on photos with known answers",
            "default",
            "More likely right than wrong",
            YOURS,
            "Kept by this browser, from the page Thresholds");

    /**
     * Returns the marks from left to right.
     *
     * @param model whose thresholds have names
     * @param own the thresholds that a person chose, if any
     */
    static List<Mark> of(ModelDescription model, Optional<TypeThresholds> own) {
      List<Map.Entry<String, Double>> named = new ArrayList<>(model.commonThresholds());
      own.ifPresent(chosen -> named.add(Map.entry(YOURS, chosen.all())));
      return named.stream()
          .sorted(Map.Entry.comparingByValue())
          .map(
              threshold ->
                  new Mark(
                      threshold.getKey(),
                      Printed.level(threshold.getValue()),
                      Printed.level(100 * threshold.getValue()),
                      inPercent(threshold.getValue()),
                      MEANINGS.get(threshold.getKey())))
          .toList();
    }
  }

  /** Returns the threshold as the slider has it. */
  public String thresholdText() {
    return Printed.level(threshold);
  }

  /** Returns the threshold as people read it, in percent. */
  public long thresholdPercent() {
    return inPercent(threshold);
  }

  /**
   * Returns what a chance is called, in the words of the list of phrases; a script says the same.
   */
  public String bands() {
    long unsure = inPercent(answer.unsureFrom());
    String between =
        unsure < thresholdPercent() ? "From " + unsure + " % on: unsure, dashed. " : "";
    return "From "
        + thresholdPercent()
        + " % on: found. "
        + between
        + "Below: not in this picture.";
  }

  /** Returns the usual threshold as the slider has it. */
  public String usualText() {
    return Printed.level(usual);
  }

  /** Returns the other way to read the words. */
  public Words.Reading other() {
    return form.words().other(split());
  }

  /** Returns whether each thing in the words was looked for. */
  public boolean split() {
    return answer != null && !answer.caption().isEmpty();
  }

  /** Returns whether the words may be read in another way too. */
  public boolean ambiguous() {
    return form.words().ambiguous() && !answer.single();
  }

  /** Returns the address that reads the words in the other way. */
  public String otherReading() {
    return form.address(Optional.of(other())).toString();
  }

  /** Returns whether the form has shrunk: somebody asked something of their own. */
  public boolean asked() {
    return form.upload().isPresent()
        || form.kept()
        || !form.example().map(ExamplePhoto::caption).equals(Optional.of(form.words().text()));
  }

  /** Returns whether the photo of this address is in a browser alone. */
  public boolean photoElsewhere() {
    return form.kept() && form.upload().isEmpty() && answer == null && problem == null;
  }

  /** Returns the address that asks something else of the chosen example. */
  public String ask(String query) {
    return DemoForm.of(example(), form.model()).asking(query).address(Optional.empty()).toString();
  }

  /** Returns the address of an example with its own caption. */
  public String open(ExamplePhoto photo) {
    return "/?example="
        + photo.id()
        + form.model()
            .map(name -> "&model=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
            .orElse("");
  }

  /** Returns whether the model called {@code name} is the one that answers here. */
  public boolean answers(String name) {
    return form.model().map(name::equals).orElse(models.indexOf(name) == 0);
  }

  /** Returns the example photos. */
  public List<ExamplePhoto> examples() {
    return List.of(ExamplePhoto.values());
  }

  /** Returns the chosen example, or null. */
  public ExamplePhoto example() {
    return form.upload().isPresent() ? null : form.example().orElse(null);
  }

  /** Returns whether {@code photo} is the chosen one. */
  public boolean chosen(ExamplePhoto photo) {
    return photo == example();
  }

  /** Returns the largest upload in MiB. */
  public int maxMegabytes() {
    return maxBytes >> 20;
  }

  private static long inPercent(double value) {
    return Math.round(100 * value);
  }
}
