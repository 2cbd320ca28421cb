package io.deixis.rendering;

/**
 * Estimates how wide a text runs in an ordinary sans-serif face, since SVG is drawn without knowing
 * the reader's fonts.
 */
final class TextWidth {

  private TextWidth() {}

  /** Returns the width of {@code text} in ems, on the generous side. */
  static double ems(String text) {
    return text.codePoints().mapToDouble(TextWidth::ems).sum();
  }

  private static double ems(int codePoint) {
    if (codePoint >= 0x1100 && Character.isIdeographic(codePoint) || codePoint > 0xffff) {
      return 1.05;
    }
    if ("iIjl|.,:;'!".indexOf(codePoint) >= 0) {
      return 0.33;
    }
    if (codePoint == ' ' || "ftr()[]-".indexOf(codePoint) >= 0) {
      return 0.4;
    }
    if ("mwMW%@".indexOf(codePoint) >= 0) {
      return 0.98;
    }
    return Character.isUpperCase(codePoint) ? 0.74 : 0.62;
  }
}
