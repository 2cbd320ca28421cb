package io.deixis.service.pages;

import io.deixis.service.PackagedProcess;
import io.deixis.service.StudyFolders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The packaged full build, which every browser test visits. */
final class PagesServer {

  /** Each process of the tests has a server, and folders, of its own. */
  private static final Path FOLDER =
      Path.of("target", "pages", Long.toString(ProcessHandle.current().pid())).toAbsolutePath();

  /** Made-up trainings. */
  static final Path TRAININGS = FOLDER.resolve("training");

  private static final Path EVALUATIONS = FOLDER.resolve("evaluations");

  /**
   * System properties, {@code key=value}. Few enough pixels that a photo of a usual camera is too
   * large if the page does not scale it.
   */
  private static final List<String> CONFIGURATION =
      List.of(
          "deixis.limits.image-pixels=3000000",
          "deixis.evaluations.directory=" + EVALUATIONS,
          "deixis.training.directory=" + TRAININGS);

  private final PackagedProcess process;

  private PagesServer(PackagedProcess process) {
    this.process = process;
  }

  static PagesServer start() {
    StudyFolders.writeEvaluations(EVALUATIONS);
    StudyFolders.writeTrainings(TRAININGS);
    try {
      Path application = Path.of(System.getProperty("deixis.packaged.full")).toRealPath();
      PackagedProcess process = new PackagedProcess("pages", application, CONFIGURATION, "serve");
      process.start();
      return new PagesServer(process);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  URI url() {
    return process.url();
  }

  /** Ends it, if it can within a while. */
  void stop() {
    try {
      process.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
