package io.deixis.service.settings;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.TypeThresholds;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The content of the settings page's form.
 *
 * @param reset whether the browser is to forget its thresholds
 * @param thresholds to keep otherwise
 */
record SettingsForm(boolean reset, TypeThresholds thresholds) {

  private static final String ALL = "all";
  static final String UNSURE = "unsure";
  private static final String OWN = "own";
  private static final String TYPE = "type-";

  /** Returns the name of the field that holds a type's threshold. */
  static String field(String type) {
    return TYPE + type;
  }

  /**
   * Reads a submitted form.
   *
   * @param fields as they came
   * @param types the entity types that there are; others are passed over
   * @param unsureFrom the limit of unsure answers where the form names none
   * @throws GroundingException if a threshold is no number from 0 to 1, or came more than once
   */
  static SettingsForm read(
      Map<String, List<String>> fields, Collection<String> types, double unsureFrom) {
    fields.forEach(
        (name, values) -> {
          if (!name.equals(OWN) && values.size() > 1) {
            throw new GroundingException(
                Reason.OPTION_INVALID,
                name,
                "\"%s\" came more than once".formatted(name),
                "nothing was saved");
          }
        });
    if (fields.containsKey("reset")) {
      return new SettingsForm(true, null);
    }
    List<String> own = fields.getOrDefault(OWN, List.of());
    Map<String, Double> chosen = new LinkedHashMap<>();
    for (String type : types) {
      if (own.contains(type)) {
        chosen.put(type, score(first(fields, field(type)), field(type)));
      }
    }
    return new SettingsForm(
        false,
        new TypeThresholds(
            score(first(fields, ALL), ALL),
            chosen,
            fields.containsKey(UNSURE) ? score(first(fields, UNSURE), UNSURE) : unsureFrom));
  }

  private static String first(Map<String, List<String>> fields, String name) {
    return fields.getOrDefault(name, List.of("")).get(0);
  }

  private static double score(String text, String field) {
    try {
      double value = Threshold.decimal(text.strip()).doubleValue();
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // answered below, as a number out of range is
    }
    throw new GroundingException(
        Reason.OPTION_INVALID, field, "A threshold is a number from 0 to 1", "nothing was saved");
  }
}
