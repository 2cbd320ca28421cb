package io.deixis.service.evaluations;

import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.answers.AnswersIndex;
import io.deixis.evaluation.answers.AnswersIndex.Entry;
import io.deixis.evaluation.answers.AnswersIndex.PhraseSummary;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Which images the viewer shows, and in which order. An image is shown if one of its phrases
 * passes.
 *
 * @param outcome {@code any}, {@code miss} or the id of an outcome
 * @param type an entity type, or blank for any
 * @param several whether a phrase must have several truth boxes
 * @param below the IoU that a phrase must stay below; above 1 for any
 * @param order of the images
 * @param sideBySide whether truth and prediction are shown beside each other
 */
record CaseFilter(
    String outcome, String type, boolean several, double below, Order order, boolean sideBySide) {

  static final String ANY = "any";
  static final String MISS = "miss";

  private static final double NO_LIMIT = 2;

  /** An order of images. */
  enum Order {
    /** The mean IoU of the phrases that pass, lowest first. */
    WORST("worst first"),
    /** The score of the surest miss among the phrases that pass, highest first. */
    SUREST("surest misses first"),
    /** As in the file. */
    FILE("as in the data");

    private final String title;

    Order(String title) {
      this.title = title;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    String title() {
      return title;
    }
  }

  /** Reads a query; a missing or unknown value filters nothing. */
  static CaseFilter read(MultivaluedMap<String, String> query) {
    String outcome = query.getFirst("outcome");
    String type = query.getFirst("type");
    String order = query.getFirst("order");
    return new CaseFilter(
        outcome == null ? ANY : outcome,
        type == null ? "" : type,
        "yes".equals(query.getFirst("several")),
        limit(query.getFirst("below")),
        List.of(Order.values()).stream()
            .filter(known -> known.id().equals(order))
            .findFirst()
            .orElse(Order.WORST),
        "side".equals(query.getFirst("view")));
  }

  /** Returns whether a phrase passes. */
  boolean passes(PhraseSummary phrase) {
    return passesOutcome(phrase.outcome())
        && (type.isEmpty() || phrase.types().contains(type))
        && (!several || phrase.several())
        && phrase.iou() < below;
  }

  private boolean passesOutcome(Outcome told) {
    return switch (outcome) {
      case ANY -> true;
      case MISS -> told != Outcome.HIT;
      default -> told.id().equals(outcome);
    };
  }

  /** Returns the images that pass, in order. */
  List<Entry> choose(AnswersIndex index) {
    List<Entry> passing =
        index.entries().stream()
            .filter(entry -> entry.phrases().stream().anyMatch(this::passes))
            .toList();
    return switch (order) {
      case FILE -> passing;
      case WORST -> sorted(passing, this::meanIou);
      case SUREST -> sorted(passing, entry -> -surestMiss(entry));
    };
  }

  private static List<Entry> sorted(List<Entry> entries, ToDoubleFunction<Entry> key) {
    record Keyed(Entry entry, double key) {}
    return entries.stream()
        .map(entry -> new Keyed(entry, key.applyAsDouble(entry)))
        .sorted(Comparator.comparingDouble(Keyed::key))
        .map(Keyed::entry)
        .toList();
  }

  private double meanIou(Entry entry) {
    return entry.phrases().stream()
        .filter(this::passes)
        .mapToDouble(PhraseSummary::iou)
        .average()
        .orElse(1);
  }

  private double surestMiss(Entry entry) {
    return entry.phrases().stream()
        .filter(this::passes)
        .filter(phrase -> phrase.outcome() != Outcome.HIT)
        .mapToDouble(PhraseSummary::score)
        .max()
        .orElse(0);
  }

  /** Returns the limit as the form holds it; blank if there is none. */
  String belowText() {
    return below >= NO_LIMIT ? "" : String.format(Locale.ROOT, "%.2f", below);
  }

  /** Returns what is not as by default as a query, without the question mark. */
  String query() {
    Map<String, String> parts = new LinkedHashMap<>();
    if (!outcome.equals(ANY)) {
      parts.put("outcome", outcome);
    }
    if (!type.isEmpty()) {
      parts.put("type", type);
    }
    if (several) {
      parts.put("several", "yes");
    }
    if (below < NO_LIMIT) {
      parts.put("below", belowText());
    }
    if (order != Order.WORST) {
      parts.put("order", order.id());
    }
    if (sideBySide) {
      parts.put("view", "side");
    }
    return parts.entrySet().stream()
        .map(
            part ->
                part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static double limit(String text) {
    try {
      double limit = text == null ? NO_LIMIT : Double.parseDouble(text);
      return limit >= 0 && limit <= 1 ? limit : NO_LIMIT;
    } catch (NumberFormatException notANumber) {
      return NO_LIMIT;
    }
  }
}
