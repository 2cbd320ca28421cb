package io.deixis.service.models;

import io.deixis.answers.Markdown;
import io.deixis.evaluation.report.ModelMetrics;
import io.deixis.evaluation.report.Printed;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything the model page's template shows.
 *
 * @param name the model's name
 * @param version its version
 * @param description one sentence
 * @param others the names of the other models that answer
 * @param licence of its weights and data
 * @param facts thresholds, metrics and where it came from
 * @param card the model card as HTML, or null
 * @param figures how it was judged
 * @param ablation whether the page tells the ablations, since the card does not
 */
public record ModelPage(
    String name,
    String version,
    String description,
    List<String> others,
    String licence,
    List<Facts> facts,
    String card,
    ModelMetrics figures,
    boolean ablation) {

  /** The card stands under a section's heading. */
  private static final int CARD_LEVEL = 2;

  /** Facts of one kind. */
  public record Facts(String title, List<Fact> facts) {}

  /** A fact. */
  public record Fact(String name, String value) {}

  static ModelPage of(ModelProfile profile, List<String> others) {
    ModelDescription model = profile.model();
    boolean toldByCard =
        profile
            .card()
            .map(card -> card.toLowerCase(Locale.ROOT).contains("ablation"))
            .orElse(false);
    return new ModelPage(
        model.name(),
        model.version(),
        model.description(),
        others,
        model.licence(),
        Stream.of(
                new Facts("Thresholds", numbers(model.thresholds())),
                new Facts("Measured", numbers(model.metrics())),
                new Facts("Provenance", texts(profile.provenance())))
            .filter(facts -> !facts.facts().isEmpty())
            .toList(),
        profile.card().map(card -> Markdown.html(card, CARD_LEVEL)).orElse(null),
        ModelMetrics.of(profile.evaluation(), model.best()),
        !toldByCard && !profile.evaluation().ablation().isEmpty());
  }

  /** Returns the address of the page with this model's thresholds. */
  public String settings() {
    return "/settings?model=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  private static List<Fact> numbers(Map<String, Double> numbers) {
    return numbers.entrySet().stream()
        .map(number -> new Fact(number.getKey(), Printed.score(number.getValue())))
        .toList();
  }

  private static List<Fact> texts(Map<String, String> texts) {
    return texts.entrySet().stream().map(text -> new Fact(text.getKey(), text.getValue())).toList();
  }
}
