package io.deixis.service.demo;

/**
 * A probability in words, by the scale of the IPCC (Mastrandrea et al., "Guidance note on
 * consistent treatment of uncertainties", 2010, table 1).
 */
enum Chance {
  VERY_LIKELY("very likely", 0.90),
  LIKELY("likely", 0.66),
  EVEN("about as likely as not", 0.33),
  UNLIKELY("unlikely", 0.10),
  VERY_UNLIKELY("very unlikely", 0);

  private final String words;
  private final double from;

  Chance(String words, double from) {
    this.words = words;
    this.from = from;
  }

  /** Returns the words for a probability in [0, 1]. */
  static String inWords(double probability) {
    for (Chance chance : values()) {
      if (probability >= chance.from) {
        return chance.words;
      }
    }
    return VERY_UNLIKELY.words;
  }
}
