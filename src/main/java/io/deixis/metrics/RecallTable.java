package io.deixis.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The recall of {@link RecallAtK}.
 *
 * @param protocol what a box had to meet
 * @param iouThreshold the least IoU of a hit
 * @param ks how many of the best boxes were looked at, one column each
 * @param all all phrases
 * @param types the phrases of each entity type
 */
public record RecallTable(
    BoxProtocol protocol, double iouThreshold, List<Integer> ks, Row all, List<Row> types) {

  private static final int NAME_WIDTH = 14;

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if a row has not as many recalls as there are ks
   */
  public RecallTable {
    Objects.requireNonNull(protocol);
    ks = List.copyOf(ks);
    types = List.copyOf(types);
    int count = ks.size();
    if (count == 0
        || all.atK().size() != count
        || types.stream().anyMatch(row -> row.atK().size() != count)) {
      throw new IllegalArgumentException("A row needs a recall for each k.");
    }
  }

  /**
   * The recall of one group of phrases.
   *
   * @param name the entity type, or {@code all}
   * @param phrases how many phrases
   * @param atK the recall at each k
   * @param upperBound the recall of all boxes given
   */
  public record Row(String name, int phrases, List<Recall> atK, Recall upperBound) {

    /** Copies the list. */
    public Row {
      Objects.requireNonNull(name);
      Objects.requireNonNull(upperBound);
      atK = List.copyOf(atK);
    }
  }

  /**
   * A share of phrases.
   *
   * @param hits phrases that were hit
   * @param phrases all phrases of the group
   * @param interval the share's 95 % confidence interval by bootstrap over images
   */
  @JsonPropertyOrder({"hits", "phrases", "interval", "value"})
  public record Recall(int hits, int phrases, Interval interval) {

    /** Refuses a missing interval. */
    public Recall {
      Objects.requireNonNull(interval);
    }

    /** Returns the share, in [0, 1]; 0 where there is no phrase. */
    @JsonProperty(access = Access.READ_ONLY)
    public double value() {
      return phrases == 0 ? 0 : (double) hits / phrases;
    }
  }

  /** Returns the recalls as lines of a monospaced text, in percent; no bound is among them. */
  public String text() {
    int width = nameWidth();
    StringBuilder text =
        new StringBuilder(pad(protocol.title(), width))
            .append(String.format(Locale.ROOT, "%8s", "phrases"));
    ks.forEach(k -> text.append(String.format(Locale.ROOT, "%8s", "R@" + k)));
    text.append(String.format(Locale.ROOT, "   R@%d, 95 %%%n", ks.get(0)));
    Stream.concat(Stream.of(all), types.stream()).forEach(row -> append(text, row, width));
    return text.toString();
  }

  /** Returns the upper bounds as lines of a monospaced text, in percent. */
  public String boundText() {
    int width = nameWidth();
    StringBuilder text =
        new StringBuilder(pad(protocol.title(), width))
            .append(String.format("%8s%14s%n", "phrases", "upper bound"));
    Stream.concat(Stream.of(all), types.stream())
        .forEach(
            row ->
                text.append(pad(row.name(), width))
                    .append(String.format(Locale.ROOT, "%,8d", row.phrases()))
                    .append(percent("%14.2f", row.upperBound().value()))
                    .append(System.lineSeparator()));
    return text.toString();
  }

  private int nameWidth() {
    return 1
        + types.stream().mapToInt(row -> row.name().length()).reduce(NAME_WIDTH - 1, Math::max);
  }

  private static String pad(String name, int width) {
    return name + " ".repeat(Math.max(0, width - name.length()));
  }

  private static void append(StringBuilder text, Row row, int width) {
    text.append(pad(row.name(), width)).append(String.format(Locale.ROOT, "%,8d", row.phrases()));
    row.atK().forEach(recall -> text.append(percent("%8.2f", recall.value())));
    Interval interval = row.atK().get(0).interval();
    text.append("   ").append(percent("%4.1f", interval.low())).append(" to ");
    text.append(percent("%4.1f", interval.high())).append(System.lineSeparator());
  }

  private static String percent(String format, double share) {
    return String.format(Locale.ROOT, format, 100 * share);
  }
}
