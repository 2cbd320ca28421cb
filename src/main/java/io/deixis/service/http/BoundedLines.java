package io.deixis.service.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads lines from a stream, and holds no more of a line in memory than a limit allows. Not
 * thread-safe.
 */
final class BoundedLines {

  private static final int END = -1;

  private final InputStream in;
  private final int mostBytes;
  private int number;

  /**
   * Prepares to read.
   *
   * @param in what to read; it is not buffered here
   * @param mostBytes most bytes of a line without its end
   */
  BoundedLines(InputStream in, int mostBytes) {
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /**
   * A line.
   *
   * @param number counted from 1, blank lines included
   * @param length how many bytes it had, kept or not
   * @param bytes without the line's end; empty if it is longer than allowed
   */
  record Line(int number, int length, Optional<byte[]> bytes) {}

  /** A line has so many bytes beyond the limit that its end is not waited for. */
  static final class EndlessLineException extends IOException {}

  /** Returns the number of the line that was read last, or begun. */
  int number() {
    return number;
  }

  /**
   * Returns the next line that is not blank; empty at the end.
   *
   * @throws EndlessLineException if it goes on for as many bytes again as are allowed
   * @throws IOException if the stream cannot be read
   */
  Optional<Line> next() throws IOException {
    while (true) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      long length = 0;
      boolean blank = true;
      int next = in.read();
      if (next == END) {
        return Optional.empty();
      }
      number++;
      for (; next != END && next != '\n'; next = in.read()) {
        blank &= Character.isWhitespace(next);
        if (bytes.size() < mostBytes) {
          bytes.write(next);
        }
        if (++length > 2L * mostBytes) {
          throw new EndlessLineException();
        }
      }
      if (!blank) {
        return Optional.of(
            new Line(
                number,
                (int) Math.min(length, Integer.MAX_VALUE),
                length > mostBytes ? Optional.empty() : Optional.of(bytes.toByteArray())));
      }
    }
  }
}
