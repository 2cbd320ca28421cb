package io.deixis.evaluation.report;

import io.deixis.evaluation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What became of a group of phrases: a bar with a piece for each outcome.
 *
 * @param name of the group
 * @param phrases how many
 * @param parts one for each outcome, in their order
 */
public record OutcomeBar(String name, String phrases, List<Part> parts) {

  /**
   * The phrases with one outcome.
   *
   * @param outcome which
   * @param count of the phrases
   * @param percent of the group
   * @param from where its piece of the bar begins, in percent
   */
  public record Part(Outcome outcome, String count, String percent, String from) {}

  /** Prepares a bar. */
  public static OutcomeBar of(String name, Map<Outcome, Long> counts) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    List<Part> parts = new ArrayList<>();
    double from = 0;
    for (Outcome outcome : Outcome.values()) {
      long count = counts.getOrDefault(outcome, 0L);
      double share = total == 0 ? 0 : (double) count / total;
      parts.add(
          new Part(outcome, Printed.count(count), Printed.percent(share), Printed.percent(from)));
      from += share;
    }
    return new OutcomeBar(name, Printed.count(total), parts);
  }
}
