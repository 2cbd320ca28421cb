package io.deixis.answers;

/** Text as XML may hold it. */
final class XmlText {

  private XmlText() {}

  /**
   * Returns {@code text} with every character that XML 1.0 forbids (most control characters, lone
   * surrogates) replaced by U+FFFD. Escaping is the template's work.
   */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(codePoint -> printable.appendCodePoint(allowed(codePoint) ? codePoint : 0xfffd));
    return printable.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xd7ff
        || c >= 0xe000 && c <= 0xfffd
        || c >= 0x10000 && c <= 0x10ffff;
  }
}
