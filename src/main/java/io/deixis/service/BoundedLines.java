package io.deixis.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads lines from a stream, of which none is held in memory beyond a limit. Not thread-safe. */
final class BoundedLines {

  private static final int END = -1;

  private final InputStream in;
  private final int mostBytes;
  private int number;

  /**
   * Prepares to read.
   *
   * @param in what to read; buffered here by nobody
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
   * @param bytes without the line's end; empty if it is longer than allowed
   */
  record Line(int number, Optional<byte[]> bytes) {}

  /**
   * Returns the next line that is not blank; empty at the end.
   *
   * @throws IOException if the stream cannot be read
   */
  Optional<Line> next() throws IOException {
    while (true) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      boolean tooLong = false;
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
        } else {
          tooLong = true;
        }
      }
      if (!blank) {
        return Optional.of(
            new Line(number, tooLong ? Optional.empty() : Optional.of(bytes.toByteArray())));
      }
    }
  }
}
