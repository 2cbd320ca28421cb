package io.deixis.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

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
    Path file = file("", name, ".txt");
    return lines(file, "name a split that the folder has, or add this list of image ids.").stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /**
   * Reads an image's annotations and captions.
   *
   * @param id the image's name without its extension
   * @throws DatasetException if a file is missing or broken
   */
  public AnnotatedImage read(String id) {
    AnnotationXml annotation = annotation(id);
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

  private AnnotationXml annotation(String id) {
    Path file = file("Annotations", id, ".xml");
    try (InputStream xml = new BufferedInputStream(Files.newInputStream(file))) {
      return AnnotationXml.read(xml);
    } catch (XMLStreamException | IllegalArgumentException e) {
      throw new DatasetException(
          "%s cannot be read as annotations (%s): restore the file from the dataset."
              .formatted(file, oneLine(e)),
          e);
    } catch (IOException e) {
      throw unreadable(file, "restore it or take the id off the split.", e);
    }
  }

  private List<EntitySentence> sentences(String id) {
    Path file = file("Sentences", id, ".txt");
    try {
      return lines(file, "restore it or take the id off the split.").stream()
          .map(EntitySentence::parse)
          .toList();
    } catch (IllegalArgumentException e) {
      throw new DatasetException("%s has a broken caption: %s".formatted(file, e.getMessage()), e);
    }
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

  private static String oneLine(Exception e) {
    return e.getMessage().lines().findFirst().orElse("").strip();
  }
}
