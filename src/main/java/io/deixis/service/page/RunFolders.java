package io.deixis.service.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The runs in a configured folder, one folder each. Names are compared with the folder's listing:
 * what a request says never becomes a path.
 *
 * @param directory the configured folder, if any
 * @param mark a file that every run has
 */
public record RunFolders(Optional<Path> directory, String mark) {

  private static final Logger LOG = Logger.getLogger(RunFolders.class);

  /** Returns the folders by name; empty if no folder is configured or it cannot be read. */
  public List<Path> list() {
    if (directory.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory.get())) {
      return children
          .filter(folder -> Files.isRegularFile(folder.resolve(mark)))
          .sorted(Comparator.comparing(folder -> folder.getFileName().toString()))
          .toList();
    } catch (IOException unreadable) {
      LOG.warnf("A folder of runs cannot be read (%s)", unreadable.getClass().getName());
      return List.of();
    }
  }

  /** Returns the folder called {@code name}; nothing if there is none. */
  public Optional<Path> find(String name) {
    return list().stream()
        .filter(folder -> folder.getFileName().toString().equals(name))
        .findFirst();
  }
}
