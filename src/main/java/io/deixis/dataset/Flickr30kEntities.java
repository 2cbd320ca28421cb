package io.deixis.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A folder in the layout of Flickr30k Entities (Plummer et al., "Flickr30k Entities: Collecting
 * Region-to-Phrase Correspondences for Richer Image-to-Sentence Models", 2015):
 *
 * <pre>
 *   Annotations/ID.xml   size of the image, boxes of the coreference chains
 *   Sentences/ID.txt     captions with entity markup, one a line
 *   images/ID.jpg        the image, if there
 *   NAME.txt             the ids of a split (train, val, test), one a line
 * </pre>
 *
 * <p>Files are read when asked for; nothing is kept. Thread-safe.
 */
public final class Flickr30kEntities {

  /** Keeps an id from leading out of the folder. */
  private static final Pattern ID = Pattern.compile("\\w[\\w.-]*");

  private static final String RESTORE = "restore it or take the id off the split.";

  private final Path directory;

  private Flickr30kEntities(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens a folder.
   *
   * @throws DatasetException if {@code directory} has no {@code Annotations} or no {@code
   *     Sentences}
   */
  public static Flickr30kEntities open(Path directory) {
    for (String part : List.of("Annotations", "Sentences")) {
      if (!Files.isDirectory(directory.resolve(part))) {
        throw new DatasetException(
            ("%s is missing: name the folder of Flickr30k Entities that holds Annotations and"
                    + " Sentences.")
                .formatted(directory.resolve(part)));
      }
    }
    return new Flickr30kEntities(directory);
  }

  /**
   * Returns the ids of a split in file order.
   *
   * @param name {@code train}, {@code val}, {@code test} or another list's name without {@code
   *     .txt}
   * @throws DatasetException if there is no such list
   */
  public List<String> split(String name) {
    return listLines(name).stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /**
   * Adds the lists of splits.
   *
   * @param splits the ids of each split's images, by its name
   * @throws DatasetException if one of the lists is there already, and then none is added, or one
   *     cannot be written
   */
  public void addSplits(Map<String, List<String>> splits) {
    for (String name : splits.keySet()) {
      if (Files.exists(list(name))) {
        throw new DatasetException(
            list(name) + " is there already: name another split or delete it.");
      }
    }
    splits.forEach((name, ids) -> addSplit(list(name), ids));
  }

  private static void addSplit(Path list, List<String> ids) {
    Path partial = list.resolveSibling(list.getFileName() + ".partial");
    try {
      Files.write(partial, ids);
      Files.move(partial, list, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      partial.toFile().delete();
      throw DatasetException.unwritable(list, e);
    }
  }

  /**
   * Reads an image's annotations and captions.
   *
   * @param id the image's name without its extension
   * @throws DatasetException if a file is missing or broken
   */
  public AnnotatedImage read(String id) {
    AnnotationXml annotation = annotation(id);
    annotation
        .firstError()
        .ifPresent(
            error -> {
              throw DatasetException.damaged(
                  "%s cannot be read as annotations (line %d: %s): restore the file from the dataset."
                      .formatted(file("Annotations", id, ".xml"), error.line(), error.text()),
                  null);
            });
    return new AnnotatedImage(
        id,
        annotation.width(),
        annotation.height(),
        annotation.boxes(),
        annotation.scenes(),
        annotation.withoutBox(),
        sentences(id));
  }

  /**
   * Returns where an image's pixels are, whether or not the file exists.
   *
   * @param id the image's name without its extension
   */
  public Path image(String id) {
    return file("images", id, ".jpg");
  }

  /**
   * Returns the files that an image's annotations and captions are read from, whether or not they
   * exist.
   *
   * @param id the image's name without its extension
   */
  public List<Path> annotationFiles(String id) {
    return List.of(file("Annotations", id, ".xml"), file("Sentences", id, ".txt"));
  }

  /** Returns an image's annotations with what is wrong in them. */
  AnnotationXml annotation(String id) {
    Path file = file("Annotations", id, ".xml");
    try (InputStream xml = new BufferedInputStream(Files.newInputStream(file))) {
      return AnnotationXml.read(xml);
    } catch (IOException e) {
      throw unreadable(file, RESTORE, e);
    }
  }

  /** Returns an image's captions as they are in its file, one a line. */
  List<String> captions(String id) {
    return lines(file("Sentences", id, ".txt"), RESTORE);
  }

  /** Returns where the list of a split is, whether or not the file exists. */
  Path list(String name) {
    return file("", name, ".txt");
  }

  /** Returns the lines of a split's list as they are in its file. */
  List<String> listLines(String name) {
    return lines(list(name), "name a split that the folder has, or add this list of image ids.");
  }

  private List<EntitySentence> sentences(String id) {
    List<EntitySentence> sentences = new ArrayList<>();
    for (String caption : captions(id)) {
      try {
        sentences.add(EntitySentence.parse(caption));
      } catch (IllegalArgumentException e) {
        throw DatasetException.damaged(
            "%s has a broken caption in line %d: %s"
                .formatted(file("Sentences", id, ".txt"), sentences.size() + 1, e.getMessage()),
            e);
      }
    }
    return sentences;
  }

  private static List<String> lines(Path file, String fix) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw unreadable(file, fix, e);
    }
  }

  private Path file(String folder, String name, String extension) {
    if (!ID.matcher(name).matches()) {
      throw new DatasetException(
          "'%s' is not a name in this dataset: use letters, digits, '_', '-' and '.'."
              .formatted(name));
    }
    return directory.resolve(folder).resolve(name + extension);
  }

  private static DatasetException unreadable(Path file, String fix, IOException cause) {
    String problem =
        cause instanceof NoSuchFileException
            ? "is missing"
            : "cannot be read (" + cause.getClass().getSimpleName() + ")";
    return new DatasetException("%s %s: %s".formatted(file, problem, fix), cause);
  }
}
