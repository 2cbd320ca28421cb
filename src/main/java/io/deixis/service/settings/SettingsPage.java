package io.deixis.service.settings;

import io.deixis.charts.ChartLayout;
import io.deixis.evaluation.report.Printed;
import io.deixis.evaluation.report.ScoreCharts;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.TypeThresholds;
import io.deixis.metrics.ConfusionMatrix;
import io.deixis.metrics.ScoreDistribution;
import io.deixis.metrics.ScoreReport;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything the settings page's template shows.
 *
 * @param model the model's name, or null while none answers
 * @param models the names of all models that answer, the default first
 * @param judged the images that the figures were measured on, or null if there are no figures
 * @param kept whether the thresholds are this browser's own
 * @param all the threshold of all phrases, or null while no model answers
 * @param unsure the lower limit of unsure answers, or null while no model answers
 * @param types the thresholds of entity types
 * @param done what was just saved or reset, one sentence, or null
 * @param problem why nothing was saved, or why there is nothing to set; or null
 */
public record SettingsPage(
    String model,
    List<String> models,
    String judged,
    boolean kept,
    Group all,
    Group unsure,
    List<Group> types,
    String done,
    String problem) {

  private static final String BEST_OF = ModelDescription.bestOf("");

  /**
   * A threshold to set.
   *
   * @param name of the entity type; blank for all phrases
   * @param field of the form
   * @param own whether the type has a threshold of its own
   * @param threshold in [0, 1], two decimals
   * @param marks thresholds that the model knows by name
   * @param figures what the threshold buys, or null if it is not known
   */
  public record Group(
      String name,
      String field,
      boolean own,
      String threshold,
      List<Mark> marks,
      Figures figures) {}

  /** A named threshold, two decimals. */
  public record Mark(String name, String value) {}

  /**
   * What a threshold buys.
   *
   * @param precision share of the boxes shown that are right
   * @param recall share of the right boxes that are shown
   * @param f1 their harmonic mean
   * @param right boxes by hundredth of score, for the script
   * @param wrong boxes by hundredth of score, for the script
   * @param charts that show it
   */
  public record Figures(
      String precision,
      String recall,
      String f1,
      String right,
      String wrong,
      List<ChartLayout> charts) {

    static Figures of(ScoreDistribution scores, double threshold, boolean withCurves) {
      ConfusionMatrix matrix = scores.at((int) Math.round(threshold * ScoreDistribution.STEPS));
      ChartLayout histogram = ScoreCharts.scores(scores, threshold);
      return new Figures(
          Printed.score(matrix.precision()),
          Printed.score(matrix.recall()),
          Printed.score(matrix.f1()),
          counts(scores.right().counts()),
          counts(scores.wrong().counts()),
          withCurves
              ? List.of(histogram, ScoreCharts.decisions(scores, threshold))
              : List.of(histogram));
    }
  }

  /** Returns the page while no model answers. */
  static SettingsPage withoutModel(String problem) {
    return new SettingsPage(null, List.of(), null, false, null, null, List.of(), null, problem);
  }

  /**
   * Returns the page.
   *
   * @param profile of the model that answers
   * @param models the names of all models that answer
   * @param thresholds that hold
   * @param kept whether they are this browser's own
   * @param changed whether this browser's thresholds were changed a moment ago
   * @param problem why nothing was saved, or null
   */
  static SettingsPage of(
      ModelProfile profile,
      List<String> models,
      TypeThresholds thresholds,
      boolean kept,
      boolean changed,
      String problem) {
    ScoreReport scores = profile.evaluation().scores();
    List<Group> types = new ArrayList<>();
    for (String type : typesOf(profile, thresholds)) {
      types.add(type(type, profile, thresholds, scores == null ? null : scores.types().get(type)));
    }
    return new SettingsPage(
        profile.model().name(),
        models,
        scores == null
            ? null
            : "the %s images of the split %s"
                .formatted(Printed.count(scores.images()), scores.split()),
        kept,
        new Group(
            "",
            "all",
            true,
            Printed.level(thresholds.all()),
            profile.model().commonThresholds().stream()
                .map(named -> new Mark(named.getKey(), Printed.level(named.getValue())))
                .toList(),
            scores == null ? null : Figures.of(scores.all(), thresholds.all(), true)),
        unsure(profile.model(), thresholds),
        types,
        changed ? done(thresholds, kept) : null,
        problem);
  }

  /** The sentence says what is kept now, so it is true after a reload as well. */
  private static String done(TypeThresholds thresholds, boolean kept) {
    if (!kept) {
      return "Reset: the defaults of this server hold, " + listed(thresholds) + ".";
    }
    return "Saved in this browser: " + listed(thresholds) + ".";
  }

  private static String listed(TypeThresholds thresholds) {
    return Stream.concat(
            Stream.of(
                Printed.level(thresholds.all()) + " for all phrases",
                "unsure from " + Printed.level(thresholds.unsureFrom())),
            thresholds.types().entrySet().stream()
                .map(type -> Printed.level(type.getValue()) + " for " + type.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** Types with figures first, then those that only have a name in thresholds. */
  static Set<String> typesOf(ModelProfile profile, TypeThresholds thresholds) {
    Set<String> types = new LinkedHashSet<>();
    if (profile.evaluation().scores() != null) {
      types.addAll(profile.evaluation().scores().types().keySet());
    }
    profile.model().thresholds().keySet().stream()
        .filter(name -> name.startsWith(BEST_OF))
        .map(name -> name.substring(BEST_OF.length()))
        .forEach(types::add);
    types.addAll(thresholds.types().keySet());
    return types;
  }

  private static Group type(
      String type, ModelProfile profile, TypeThresholds thresholds, ScoreDistribution scores) {
    boolean own = thresholds.types().containsKey(type);
    double threshold = own ? thresholds.types().get(type) : thresholds.all();
    Double tuned = profile.model().thresholds().get(ModelDescription.bestOf(type));
    if (tuned == null && scores != null) {
      tuned = (double) scores.bestStep() / ScoreDistribution.STEPS;
    }
    return new Group(
        type,
        SettingsForm.field(type),
        own,
        Printed.level(threshold),
        tuned == null ? List.of() : List.of(new Mark(ModelDescription.BEST, Printed.level(tuned))),
        scores == null ? null : Figures.of(scores, threshold, false));
  }

  private static Group unsure(ModelDescription model, TypeThresholds thresholds) {
    Double tuned = model.thresholds().get(ModelDescription.UNSURE);
    return new Group(
        "",
        SettingsForm.UNSURE,
        true,
        Printed.level(thresholds.unsureFrom()),
        tuned == null ? List.of() : List.of(new Mark("tuned", Printed.level(tuned))),
        null);
  }

  /** The page of another model. */
  public record Other(String name, String address) {}

  /** Returns the pages of the other models that answer. */
  public List<Other> others() {
    return models.stream()
        .filter(name -> !name.equals(model))
        .map(name -> new Other(name, address(name)))
        .toList();
  }

  /** Returns the address of this page. */
  public String address() {
    return address(model);
  }

  private String address(String name) {
    return models.indexOf(name) > 0
        ? "/settings?model=" + URLEncoder.encode(name, StandardCharsets.UTF_8)
        : "/settings";
  }

  private static String counts(List<Long> counts) {
    return counts.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
