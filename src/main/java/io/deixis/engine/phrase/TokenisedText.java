package io.deixis.engine.phrase;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import io.deixis.language.Span;
import java.util.Arrays;

/**
 * A text as word pieces.
 *
 * @param ids the pieces, between the marks of beginning and end
 * @param spans where each piece stands, in code points; null for marks
 */
record TokenisedText(long[] ids, CharSpan[] spans) {

  int length() {
    return ids.length;
  }

  /** Returns the pieces without the marks. */
  long[] pieces() {
    return Arrays.copyOfRange(ids, 1, ids.length - 1);
  }

  /**
   * Returns which pieces lie in a part of the text, as positions among {@link #ids}; empty if the
   * part is cut off.
   *
   * @param text the text itself
   * @param start the part's first character, in UTF-16 units
   * @param end one past its last
   */
  Span inside(String text, int start, int end) {
    int from = text.codePointCount(0, start);
    int to = text.codePointCount(0, end);
    int first = 0;
    int last = 0;
    for (int i = 1; i < ids.length - 1; i++) {
      CharSpan span = spans[i];
      if (span != null && span.getEnd() > from && span.getStart() < to) {
        first = last == 0 ? i : first;
        last = i + 1;
      }
    }
    return new Span(first, last);
  }
}
