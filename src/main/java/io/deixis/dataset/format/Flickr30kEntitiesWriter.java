package io.deixis.dataset.format;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.EntitySentence;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.stream.XMLStreamException;

/**
 * Writes a new folder in the layout that {@link Flickr30kEntities} reads. The same content gives
 * the same bytes. A box that several chains share is written once, so a chain's boxes may come back
 * in another order.
 */
public final class Flickr30kEntitiesWriter {

  private final Path directory;

  /**
   * Creates the folder.
   *
   * @throws DatasetException if it cannot be created or already holds something
   */
  public Flickr30kEntitiesWriter(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      refuseUnlessEmpty(directory);
      for (String part : List.of("Annotations", "Sentences", "images")) {
        Files.createDirectory(directory.resolve(part));
      }
    } catch (IOException e) {
      throw DatasetException.unwritable(directory, e);
    }
  }

  /**
   * Writes an image with its annotations and captions.
   *
   * @param image the annotations; their boxes are in whole pixels
   * @param pixels the image itself, in RGB without transparency
   * @throws DatasetException if a file cannot be written
   */
  public void write(AnnotatedImage image, BufferedImage pixels) {
    writeAnnotations(image);
    writeJpeg(photo(image), pixels);
  }

  /**
   * Writes an image with its annotations and captions.
   *
   * @param image the annotations; their boxes are in whole pixels
   * @param file the image itself, a JPEG file, which is copied
   * @throws DatasetException if a file cannot be read or written
   */
  public void write(AnnotatedImage image, Path file) {
    writeAnnotations(image);
    try {
      Files.copy(file, photo(image));
    } catch (NoSuchFileException e) {
      throw new DatasetException(file + " is missing: restore it or take it off the split.", e);
    } catch (IOException e) {
      throw DatasetException.unwritable(photo(image), e);
    }
  }

  private Path photo(AnnotatedImage image) {
    return directory.resolve("images").resolve(image.id() + ".jpg");
  }

  private void writeAnnotations(AnnotatedImage image) {
    Path annotation = directory.resolve("Annotations").resolve(image.id() + ".xml");
    try (Writer writer = Files.newBufferedWriter(annotation)) {
      new AnnotationXmlWriter(writer).write(image);
    } catch (IOException | XMLStreamException e) {
      throw DatasetException.unwritable(annotation, e);
    }
    writeLines(
        directory.resolve("Sentences").resolve(image.id() + ".txt"),
        image.sentences().stream().map(EntitySentence::markup).toList());
  }

  /**
   * Writes what the data is called and on what terms it may be used.
   *
   * @throws DatasetException if the file cannot be written
   */
  public void writeCard(DatasetCard card) {
    try {
      card.write(directory);
    } catch (IOException e) {
      throw DatasetException.unwritable(directory.resolve(DatasetCard.FILE), e);
    }
  }

  /**
   * Writes the list of a split.
   *
   * @param name the split's name
   * @param ids its images
   * @throws DatasetException if the file cannot be written
   */
  public void writeSplit(String name, List<String> ids) {
    writeLines(directory.resolve(name + ".txt"), ids);
  }

  private static void refuseUnlessEmpty(Path directory) throws IOException {
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw new DatasetException(
            directory + " already holds files: name a new or an empty folder.");
      }
    }
  }

  private static void writeLines(Path file, List<String> lines) {
    try {
      Files.writeString(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw DatasetException.unwritable(file, e);
    }
  }

  private static void writeJpeg(Path file, BufferedImage pixels) {
    try (OutputStream out = Files.newOutputStream(file)) {
      if (!ImageIO.write(pixels, "jpg", out)) {
        throw new IOException("no writer for " + pixels);
      }
    } catch (IOException e) {
      throw DatasetException.unwritable(file, e);
    }
  }
}
