package io.deixis.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTest {

  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();

  @Test
  void readsEachWholeLineOnce() throws IOException {
    Path file = folder.resolve("log");
    FileTail tail = new FileTail(file);

    read(tail);
    assertThat(told).isEmpty();

    append(file, "one\ntwo\nthr");
    read(tail);
    assertThat(told).containsExactly("replaced", "one", "two");
    assertThat(tail.offset()).isEqualTo(8);

    append(file, "ee\nGröße\n");
    read(tail);
    read(tail);
    assertThat(told).containsExactly("replaced", "one", "two", "three", "Größe");
  }

  @Test
  void fileThatWasReplacedOrCutIsReadAnew() throws IOException {
    Path file = folder.resolve("log");
    FileTail tail = new FileTail(file);
    append(file, "one\ntwo\n");
    read(tail);
    told.clear();

    Files.writeString(folder.resolve("other"), "1\n2\n3\n4\n5\n6\n");
    Files.move(folder.resolve("other"), file, StandardCopyOption.REPLACE_EXISTING);
    read(tail);
    assertThat(told).startsWith("replaced", "1").hasSize(7);
    told.clear();

    Files.writeString(file, "a\n");
    read(tail);
    assertThat(told).containsExactly("replaced", "a");
  }

  private void read(FileTail tail) throws IOException {
    tail.read(() -> told.add("replaced"), told::add);
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
