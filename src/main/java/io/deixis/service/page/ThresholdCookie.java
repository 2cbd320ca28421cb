package io.deixis.service.page;

import io.deixis.grounding.TypeThresholds;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person's thresholds for one model as a cookie keeps them: that of all phrases, then those of
 * entity types, as in {@code 0.34~people!0.50~animals!0.44}.
 */
public final class ThresholdCookie {

  private static final String PREFIX = "deixis-thresholds-";

  private static final int MOST_TYPES = 64;

  /** Neither of these two makes a cookie's value one that has to be quoted. */
  private static final String BETWEEN = "~";

  private static final String VALUE = "!";

  private ThresholdCookie() {}

  /** Returns the name of the cookie that holds the thresholds for a model. */
  public static String name(String model) {
    return PREFIX + URLEncoder.encode(model, StandardCharsets.UTF_8);
  }

  /** Returns the thresholds that a browser keeps for a model, if it does. */
  public static Optional<TypeThresholds> read(HttpHeaders headers, String model) {
    return Optional.ofNullable(headers.getCookies().get(name(model)))
        .flatMap(cookie -> read(cookie.getValue()));
  }

  /** Writes thresholds, with two decimals, as a cookie's value. */
  public static String write(TypeThresholds thresholds) {
    return Stream.concat(
            Stream.of(number(thresholds.all()) + VALUE + number(thresholds.unsureFrom())),
            thresholds.types().entrySet().stream()
                .limit(MOST_TYPES)
                .map(
                    type ->
                        URLEncoder.encode(type.getKey(), StandardCharsets.UTF_8)
                            + VALUE
                            + number(type.getValue())))
        .collect(Collectors.joining(BETWEEN));
  }

  /**
   * Reads a cookie's value.
   *
   * @param value as the browser sent it, or null
   * @return nothing if there is none or it is not such a value
   */
  public static Optional<TypeThresholds> read(String value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      String[] parts = value.split(BETWEEN, MOST_TYPES + 2);
      Map<String, Double> types = new LinkedHashMap<>();
      for (int i = 1; i <= Math.min(MOST_TYPES, parts.length - 1); i++) {
        String[] type = parts[i].split(VALUE, 2);
        types.put(URLDecoder.decode(type[0], StandardCharsets.UTF_8), score(type[1]));
      }
      String[] common = parts[0].split(VALUE, 2);
      return Optional.of(
          common.length == 1
              ? new TypeThresholds(score(common[0]), types)
              : new TypeThresholds(score(common[0]), types, score(common[1])));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private static double score(String text) {
    double value = Double.parseDouble(text);
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("A score is in [0, 1].");
    }
    return value;
  }
}
