package io.deixis.service.evaluations;

import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.answers.AnsweredImage;
import io.deixis.evaluation.answers.AnswersIndex;
import io.deixis.evaluation.answers.AnswersIndex.Entry;
import io.deixis.evaluation.report.OutcomeBar;
import io.deixis.evaluation.report.Printed;
import jakarta.ws.rs.core.UriBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Everything the template of the evaluation viewer shows.
 *
 * @param run the evaluation
 * @param filter what the form holds
 * @param summary what became of the phrases that pass the filter
 * @param steps where the image stands among those that pass
 * @param item the image, or null if none passes
 */
public record ViewerPage(
    EvaluationRun run, FilterForm filter, Summary summary, Steps steps, ViewedImage item) {

  /**
   * The form of the filter.
   *
   * @param action where it is sent
   * @param outcomes to choose from
   * @param types to choose from
   * @param orders to choose from
   * @param several whether several boxes are asked for
   * @param below the IoU limit, or blank
   * @param sideBySide whether truth and prediction are beside each other
   */
  public record FilterForm(
      String action,
      List<Option> outcomes,
      List<Option> types,
      List<Option> orders,
      boolean several,
      String below,
      boolean sideBySide) {}

  /** A choice of a form. */
  public record Option(String value, String title, boolean chosen) {}

  /** What became of the phrases of some images. */
  public record Summary(String images, OutcomeBar bar) {}

  /**
   * Where an image stands among those that pass; links are null where there is nothing to go to.
   *
   * @param position from 1; 0 if it does not pass itself
   * @param total how many pass
   */
  public record Steps(
      int position, int total, String first, String previous, String next, String last) {}

  /**
   * Prepares the page.
   *
   * @param run the evaluation
   * @param index its answers
   * @param filter which images are stepped through
   * @param image the one to show, or null for the first
   * @param phrase position of the phrase to point out, or -1 for the worst that passes
   * @param photo the photo's address by image, or null where there is none
   */
  static ViewerPage of(
      EvaluationRun run,
      AnswersIndex index,
      CaseFilter filter,
      Entry image,
      int phrase,
      UnaryOperator<String> photo) {
    List<Entry> passing = filter.choose(index);
    Entry shown = image != null || passing.isEmpty() ? image : passing.get(0);
    return new ViewerPage(
        run,
        form(run, index, filter),
        summary(passing, filter),
        steps(run, passing, shown, filter),
        shown == null ? null : item(run, index, filter, shown, phrase, photo));
  }

  private static ViewedImage item(
      EvaluationRun run,
      AnswersIndex index,
      CaseFilter filter,
      Entry shown,
      int phrase,
      UnaryOperator<String> photo) {
    AnsweredImage answered = index.read(shown);
    return ViewedImage.of(
        answered,
        shown.phrases().stream().map(filter::passes).toList(),
        phrase,
        href(run, shown, filter),
        photo.apply(shown.image()));
  }

  /** Returns the address of an image under a filter. */
  static String href(EvaluationRun run, Entry image, CaseFilter filter) {
    String query = filter.query();
    return UriBuilder.fromPath("/evaluations/{run}/{image}").build(run.name(), image.image())
        + (query.isEmpty() ? "" : "?" + query);
  }

  private static FilterForm form(EvaluationRun run, AnswersIndex index, CaseFilter filter) {
    List<Option> outcomes = new ArrayList<>();
    outcomes.add(option(CaseFilter.ANY, "any outcome", filter.outcome()));
    outcomes.add(option(CaseFilter.MISS, "every miss", filter.outcome()));
    for (Outcome outcome : Outcome.values()) {
      outcomes.add(option(outcome.id(), outcome.title(), filter.outcome()));
    }
    List<Option> types = new ArrayList<>();
    types.add(option("", "any type", filter.type()));
    index
        .types()
        .forEach(
            (type, count) ->
                types.add(
                    option(type, "%s (%s)".formatted(type, Printed.count(count)), filter.type())));
    return new FilterForm(
        run.href(),
        outcomes,
        types,
        List.of(CaseFilter.Order.values()).stream()
            .map(order -> option(order.id(), order.title(), filter.order().id()))
            .toList(),
        filter.several(),
        filter.belowText(),
        filter.sideBySide());
  }

  private static Option option(String value, String title, String chosen) {
    return new Option(value, title, value.equals(chosen));
  }

  private static Summary summary(List<Entry> passing, CaseFilter filter) {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    for (Entry entry : passing) {
      entry.phrases().stream()
          .filter(filter::passes)
          .forEach(phrase -> counts.merge(phrase.outcome(), 1L, Long::sum));
    }
    return new Summary(Printed.count(passing.size()), OutcomeBar.of("", counts));
  }

  private static Steps steps(
      EvaluationRun run, List<Entry> passing, Entry shown, CaseFilter filter) {
    int total = passing.size();
    int at = shown == null ? -1 : passing.indexOf(shown);
    return new Steps(
        at + 1,
        total,
        total == 0 || at == 0 ? null : href(run, passing.get(0), filter),
        at <= 0 ? null : href(run, passing.get(at - 1), filter),
        at + 1 >= total ? null : href(run, passing.get(at + 1), filter),
        total == 0 || at == total - 1 ? null : href(run, passing.get(total - 1), filter));
  }
}
