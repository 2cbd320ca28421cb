package io.deixis.dataset.format;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Defect;
import io.deixis.dataset.Defect.Severity;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.SplitList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A folder in the layout of Flickr30k Entities (Plummer et al., "Flickr30k Entities: Collecting
 * Region-to-Phrase Correspondences for Richer Image-to-Sentence Models", 2015):
 *
 * <pre>
 *   Annotations/ID.xml   size of the image, boxes of the coreference chains
 *   Sentences/ID.txt     captions with entity markup, one a line
 *   images/ID.jpg        the image, if there
 *   NAME.txt             the ids of a split (train, val, test), one a line
 *   dataset.json         what the data is called and on what terms it may be used, if there
 * </pre>
 *
 * <p>Files are read when asked for; nothing is kept. Thread-safe.
 */
public final class Flickr30kEntities implements GroundingDataset {

  static DatasetFormat format() {
    return new DatasetFormat(
        "flickr30k",
        "Annotations and Sentences in the layout of Flickr30k Entities",
        path ->
            Files.isDirectory(path.resolve("Annotations"))
                || Files.isDirectory(path.resolve("Sentences")),
        Flickr30kEntities::open);
  }

  /** The release has this file; data that merely has the same layout does not. */
  private static final String MARK_OF_THE_RELEASE = "UNRELATED_CAPTIONS";

  private static final DatasetCard RELEASE =
      new DatasetCard(
          "Flickr30k Entities",
          "photos: Flickr's terms of use, for non-commercial research and education only",
          "Photos of Flickr with five captions each (Young et al., 2014), their phrases tied to"
              + " boxes (Plummer et al., 2015).");

  private static final String RESTORE = "restore it or take the id off the split.";

  private final Path directory;
  private final SplitFiles splits;

  private Flickr30kEntities(Path directory) {
    this.directory = directory;
    this.splits = new SplitFiles(directory);
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

  @Override
  public DatasetCard card() {
    return DatasetCard.of(
        directory,
        Files.exists(directory.resolve(MARK_OF_THE_RELEASE))
            ? RELEASE
            : new DatasetCard(
                directory.toAbsolutePath().normalize().getFileName().toString(),
                DatasetCard.UNKNOWN_LICENCE,
                "Images with captions whose phrases are tied to boxes, in the layout of Flickr30k"
                    + " Entities."));
  }

  @Override
  public List<String> splits() {
    return splits.names();
  }

  @Override
  public SplitList list(String name) {
    return splits.read(name);
  }

  @Override
  public void addSplits(Map<String, List<String>> added) {
    splits.add(added);
  }

  @Override
  public AnnotatedImage read(String id) {
    AnnotationXml annotation = annotation(annotationFile(id));
    refuse(
        "%s cannot be read as annotations (line %d: %s): restore the file from the dataset.",
        annotation.defects());
    List<Defect> broken = new ArrayList<>();
    List<EntitySentence> sentences = sentences(captionFile(id), broken);
    refuse("%s has a broken caption in line %d: %s.", broken);
    return annotation.image(id, sentences);
  }

  private static void refuse(String sentence, List<Defect> defects) {
    Defect.firstError(defects)
        .ifPresent(
            error -> {
              throw DatasetException.damaged(
                  sentence.formatted(error.file(), error.line(), error.problem()), null);
            });
  }

  @Override
  public List<Defect> defects(String id) {
    List<Defect> defects = new ArrayList<>();
    inspect(
        annotationFile(id),
        "the file cannot be read",
        file -> defects.addAll(annotation(file).defects()),
        defects);
    inspect(
        captionFile(id),
        "the file cannot be read as UTF-8 text",
        file -> sentences(file, defects),
        defects);
    return defects;
  }

  private static void inspect(
      Path file, String unreadable, Consumer<Path> reading, List<Defect> defects) {
    if (!Files.exists(file)) {
      defects.add(Defect.ofFile(file, "the file is missing"));
      return;
    }
    try {
      reading.accept(file);
    } catch (DatasetException e) {
      defects.add(Defect.ofFile(file, unreadable));
    }
  }

  @Override
  public Path image(String id) {
    return file("images", id, ".jpg");
  }

  @Override
  public List<Path> annotationFiles(String id) {
    return List.of(annotationFile(id), captionFile(id));
  }

  private static AnnotationXml annotation(Path file) {
    try {
      return AnnotationXml.read(file);
    } catch (IOException e) {
      throw TextFile.unreadable(file, RESTORE, e);
    }
  }

  /** Returns the captions; one that is broken is left out, and noted. */
  private static List<EntitySentence> sentences(Path file, List<Defect> broken) {
    List<EntitySentence> sentences = new ArrayList<>();
    List<String> captions = TextFile.lines(file, RESTORE);
    for (int i = 0; i < captions.size(); i++) {
      try {
        sentences.add(EntitySentence.parse(captions.get(i)));
      } catch (IllegalArgumentException e) {
        String problem = e.getMessage().replaceAll("\\.$", "");
        broken.add(new Defect(Severity.ERROR, file, i + 1, problem));
      }
    }
    return sentences;
  }

  private Path annotationFile(String id) {
    return file("Annotations", id, ".xml");
  }

  private Path captionFile(String id) {
    return file("Sentences", id, ".txt");
  }

  private Path file(String folder, String id, String extension) {
    return directory.resolve(folder).resolve(ImageIds.checked(id) + extension);
  }
}
