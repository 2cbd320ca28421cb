package io.deixis.rendering;

import java.util.List;
import java.util.Locale;

/**
 * The colours of phrases, one place for pages and drawings. The first seven are those of Okabe and
 * Ito (2008), which people with colour-blindness tell apart; the others follow Tol's muted scheme.
 */
public final class Palette {

  /**
   * The colours in order of use, each {@code #rrggbb}; phrases beyond the last start over.
   *
   * @see #colour(int)
   */
  public static final List<String> COLOURS =
      List.of(
          "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#0072b2", "#d55e00", "#88ccee",
          "#aa4499", "#999933");

  private Palette() {}

  /** Returns the position in {@link #COLOURS} of the colour of the phrase at {@code index}. */
  public static int hue(int index) {
    return Math.floorMod(index, COLOURS.size());
  }

  /** Returns the colour, {@code #rrggbb}, of the phrase at {@code index}. */
  public static String colour(int index) {
    return COLOURS.get(hue(index));
  }

  /**
   * Returns the colour of text on {@link #colour(int)}: near-black or white, whichever has the
   * higher contrast ratio by WCAG 2.2.
   */
  public static String ink(int index) {
    double luminance = luminance(colour(index));
    double withWhite = 1.05 / (luminance + 0.05);
    double withBlack = (luminance + 0.05) / (luminance(DARK_INK) + 0.05);
    return withBlack >= withWhite ? DARK_INK : "#ffffff";
  }

  private static final String DARK_INK = "#14171c";

  /** Relative luminance of {@code #rrggbb} by WCAG 2.2, in [0, 1]. */
  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1).toLowerCase(Locale.ROOT), 16);
    return 0.2126 * linear(rgb >> 16 & 0xff)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
