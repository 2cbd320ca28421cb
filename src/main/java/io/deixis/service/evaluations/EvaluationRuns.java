package io.deixis.service.evaluations;

import io.deixis.answers.ImageMediaType;
import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.answers.AnsweredImage;
import io.deixis.evaluation.answers.AnsweredPhrase;
import io.deixis.evaluation.answers.AnswersFile;
import io.deixis.evaluation.answers.AnswersIndex;
import io.deixis.service.page.RunFolders;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The reports in the configured folder. */
@ApplicationScoped
@RegisterForReflection(
    targets = {
      AnsweredImage.class,
      AnsweredImage.AnsweredCaption.class,
      AnsweredPhrase.class,
      Outcome.class
    })
class EvaluationRuns {

  /** So many bytes tell an image's format. */
  private static final int SIGNATURE = 16;

  /** So many indexes are kept in memory. */
  private static final int REMEMBERED = 8;

  private static final Logger LOG = Logger.getLogger(EvaluationRuns.class);

  private final RunFolders folders;
  private final Map<Path, RememberedIndex> remembered = new LinkedHashMap<>(16, 0.75f, true);

  private record RememberedIndex(Object version, AnswersIndex index) {}

  EvaluationRuns(EvaluationsConfig config) {
    this.folders = new RunFolders(config.directory(), EvaluationRun.REPORT);
  }

  /** Returns whether a folder is configured. */
  boolean configured() {
    return folders.directory().isPresent();
  }

  /** Returns the reports by name; empty if no folder is configured or it cannot be read. */
  List<EvaluationRun> list() {
    return folders.list().stream().flatMap(folder -> summary(folder).stream()).toList();
  }

  /** Returns the report called {@code name}; nothing if there is none. */
  Optional<EvaluationRun> find(String name) {
    return folders.find(name).flatMap(EvaluationRuns::summary);
  }

  /**
   * Returns the answers of the report called {@code name}; nothing if it has none.
   *
   * @throws io.deixis.dataset.DatasetException if they cannot be read
   */
  Optional<AnswersIndex> answers(String name) {
    return folders
        .find(name)
        .map(folder -> folder.resolve(AnswersFile.NAME))
        .filter(Files::isRegularFile)
        .map(this::index);
  }

  /** Returns a photo's bytes; nothing if the report has it not. */
  Optional<byte[]> photo(String name, AnswersIndex.Entry image) {
    return folders
        .find(name)
        .flatMap(folder -> child(folder.resolve(AnswersFile.PHOTOS), image.image()))
        .flatMap(
            file -> {
              try {
                return Optional.of(Files.readAllBytes(file));
              } catch (IOException unreadable) {
                return Optional.empty();
              }
            });
  }

  /** Returns whether a report has the photo of an image, in a format that browsers show. */
  boolean hasPhoto(String name, String image) {
    return folders
        .find(name)
        .flatMap(folder -> child(folder.resolve(AnswersFile.PHOTOS), image))
        .filter(EvaluationRuns::beginsAsAPhoto)
        .isPresent();
  }

  private static boolean beginsAsAPhoto(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return ImageMediaType.of(in.readNBytes(SIGNATURE)).isPresent();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private synchronized AnswersIndex index(Path file) {
    Object version = version(file);
    RememberedIndex last = remembered.get(file);
    if (last != null && last.version().equals(version)) {
      return last.index();
    }
    AnswersIndex index = AnswersIndex.open(file);
    remembered.put(file, new RememberedIndex(version, index));
    if (remembered.size() > REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
    return index;
  }

  private static Object version(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(attributes.lastModifiedTime(), attributes.size());
    } catch (IOException gone) {
      return List.of();
    }
  }

  private static Optional<EvaluationRun> summary(Path folder) {
    try {
      return Optional.of(
          EvaluationRun.read(folder, Files.isRegularFile(folder.resolve(AnswersFile.NAME))));
    } catch (IOException unreadable) {
      LOG.warnf("%s is passed over: its report cannot be read", folder.getFileName());
      return Optional.empty();
    }
  }

  /** Returns a file of a folder, if its name is that of a file right there. */
  private static Optional<Path> child(Path folder, String name) {
    Path file = folder.resolve(name).normalize();
    return folder.normalize().equals(file.getParent()) && Files.isRegularFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }
}
