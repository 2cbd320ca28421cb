package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deixis.runlog.TrainingListener.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A bar on a terminal, which {@code script} makes, in a process of its own. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class StageProgressTest {

  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir private Path folder;

  @Test
  void aProcessThatShowsABarCleansUpWhenItIsInterrupted() throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT));
    Path shown = folder.resolve("shown");
    Process terminal =
        new ProcessBuilder(
                SCRIPT.toString(),
                "--quiet",
                "--return",
                "--flush",
                "--command",
                "exec env --default-signal=INT '%s' -cp '%s' %s '%s'"
                    .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        StageProgressTest.class.getName(),
                        folder),
                "/dev/null")
            .redirectErrorStream(true)
            .redirectOutput(shown.toFile())
            .start();
    while (!Files.readString(shown).contains("50% [")) {
      assertThat(terminal.isAlive()).as(Files.readString(shown)).isTrue();
      Thread.sleep(10);
    }

    new ProcessBuilder("kill", "-INT", Files.readString(folder.resolve("pid"))).start().waitFor();

    assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(terminal.exitValue()).isEqualTo(ExitStatus.INTERRUPTED.code());
    assertThat(folder.resolve("cleaned-up")).exists();
  }

  /** Tells its process, shows a bar, and waits. */
  public static void main(String[] folder) throws Exception {
    Path place = Path.of(folder[0]);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> write(place.resolve("cleaned-up"), "done")));
    try (StageProgress progress = new StageProgress(false)) {
      write(place.resolve("pid"), Long.toString(ProcessHandle.current().pid()));
      progress.onStep(new Progress("photos", 1, 2, Map.of()));
      Thread.sleep(60_000);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
