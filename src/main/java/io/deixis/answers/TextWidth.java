package io.deixis.answers;

/**
 * Estimates how wide a text runs in a bold sans-serif face, since SVG is drawn without knowing the
 * reader's fonts.
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
      return 0.38;
    }
    if (codePoint == ' ' || "ftr()[]-".indexOf(codePoint) >= 0) {
      return 0.45;
    }
    if ("mwMW%@".indexOf(codePoint) >= 0) {
      return 1.03;
    }
    return Character.isUpperCase(codePoint) ? 0.76 : 0.66;
  }
}
