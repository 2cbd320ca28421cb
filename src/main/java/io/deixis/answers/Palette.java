package io.deixis.answers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The colours of phrases, one place for pages and drawings. The first seven are those of Okabe and
 * Ito (2008), which people with colour-blindness tell apart; the others follow Tol's muted scheme.
 */
public final class Palette {

  private static final String WHITE = "#ffffff";
  private static final String NEAR_BLACK = "#14171c";

  /** The colours in order of use. */
  public static final List<Swatch> SWATCHES =
      swatches(
          "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#0072b2", "#d55e00", "#88ccee",
          "#aa4499", "#999933");

  private Palette() {}

  /**
   * A colour of the palette.
   *
   * @param hue its position in {@link #SWATCHES}
   * @param colour {@code #rrggbb}
   * @param ink of text on it, {@code #rrggbb}: near-black or white, whichever has the higher
   *     contrast ratio by WCAG 2.2
   */
  public record Swatch(int hue, String colour, String ink) {}

  /**
   * Returns the colour of a phrase; after the last one they start over.
   *
   * @param phrase position of the phrase in its query, from 0
   */
  public static Swatch swatch(int phrase) {
    return SWATCHES.get(Math.floorMod(phrase, SWATCHES.size()));
  }

  private static List<Swatch> swatches(String... colours) {
    List<Swatch> swatches = new ArrayList<>();
    for (String colour : colours) {
      boolean dark = contrast(colour, WHITE) > contrast(colour, NEAR_BLACK);
      swatches.add(new Swatch(swatches.size(), colour, dark ? WHITE : NEAR_BLACK));
    }
    return Collections.unmodifiableList(swatches);
  }

  /** Contrast ratio of two colours by WCAG 2.2, in [1, 21]. */
  static double contrast(String one, String other) {
    double lighter = Math.max(luminance(one), luminance(other));
    double darker = Math.min(luminance(one), luminance(other));
    return (lighter + 0.05) / (darker + 0.05);
  }

  /** Relative luminance of {@code #rrggbb} by WCAG 2.2, in [0, 1]. */
  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16 & 0xff)
        + 0.7152 * linear(rgb >> 8 & 0xff)
        + 0.0722 * linear(rgb & 0xff);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
