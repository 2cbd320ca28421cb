package io.deixis.runlog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Reads the lines that a text file has gained since it was last read. A file that was replaced or
 * cut short is read from its beginning.
 *
 * <p>Not thread-safe.
 */
final class FileTail {

  private static final int CHUNK = 1 << 16;

  private final Path file;
  private Object identity;
  private long offset;

  FileTail(Path file) {
    this.file = file;
  }

  /** Returns how far the file is read, in bytes. */
  long offset() {
    return offset;
  }

  /**
   * Reads on. A line that does not end yet is left for the next time.
   *
   * @param replaced called first if everything read so far is void
   * @param lines receives each new line
   */
  void read(Runnable replaced, Consumer<String> lines) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException notYet) {
      return;
    }
    if (!Objects.equals(identity, attributes.fileKey()) || attributes.size() < offset) {
      identity = attributes.fileKey();
      offset = 0;
      replaced.run();
    }
    if (attributes.size() > offset) {
      readOn(lines);
    }
  }

  private void readOn(Consumer<String> lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (SeekableByteChannel channel = Files.newByteChannel(file).position(offset)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      while (channel.read(chunk) >= 0) {
        chunk.flip();
        while (chunk.hasRemaining()) {
          byte next = chunk.get();
          if (next == '\n') {
            offset += line.size() + 1;
            lines.accept(line.toString(StandardCharsets.UTF_8).stripTrailing());
            line.reset();
          } else {
            line.write(next);
          }
        }
        chunk.clear();
      }
    }
  }
}
