package io.deixis.training.phrases;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites texts for a mirrored image: left becomes right. */
public final class Mirror {

  private static final Map<String, String> OPPOSITES =
      Map.of(
          "left", "right",
          "right", "left",
          "leftmost", "rightmost",
          "rightmost", "leftmost");

  private static final Pattern SIDE = Pattern.compile("\\b(left|right|leftmost|rightmost)\\b");

  private Mirror() {}

  /** Returns the text with its sides swapped. */
  public static String of(String text) {
    Matcher side = SIDE.matcher(text);
    return side.replaceAll(found -> OPPOSITES.get(found.group()));
  }
}
