package io.deixis.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;

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
}
