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
    AnnotationXml annotation = annotation(id);
    annotation
        .firstError()
        .ifPresent(
            error -> {
              throw DatasetException.damaged(
                  "%s cannot be read as annotations (line %d: %s): restore the file from the dataset."
                      .formatted(annotationFile(id), error.line(), error.text()),
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

  @Override
  public List<Defect> defects(String id) {
    List<Defect> defects = new ArrayList<>();
    addAnnotationDefects(id, defects);
    addCaptionDefects(id, defects);
    return defects;
  }

  @Override
  public Path image(String id) {
    return file("images", id, ".jpg");
  }

  @Override
  public List<Path> annotationFiles(String id) {
    return List.of(annotationFile(id), captionFile(id));
  }

  private void addAnnotationDefects(String id, List<Defect> defects) {
    Path file = annotationFile(id);
    if (!Files.exists(file)) {
      defects.add(Defect.ofFile(file, "the file is missing"));
      return;
    }
    try {
      for (AnnotationXml.Problem problem : annotation(id).problems()) {
        defects.add(new Defect(problem.severity(), file, problem.line(), problem.text()));
      }
    } catch (DatasetException unreadable) {
      defects.add(Defect.ofFile(file, "the file cannot be read"));
    }
  }

  private void addCaptionDefects(String id, List<Defect> defects) {
    Path file = captionFile(id);
    if (!Files.exists(file)) {
      defects.add(Defect.ofFile(file, "the file is missing"));
      return;
    }
    List<String> captions;
    try {
      captions = TextFile.lines(file, RESTORE);
    } catch (DatasetException unreadable) {
      defects.add(Defect.ofFile(file, "the file cannot be read as UTF-8 text"));
      return;
    }
    for (int i = 0; i < captions.size(); i++) {
      try {
        EntitySentence.parse(captions.get(i));
      } catch (IllegalArgumentException broken) {
        defects.add(
            new Defect(Severity.ERROR, file, i + 1, broken.getMessage().replaceAll("\\.$", "")));
      }
    }
  }

  private AnnotationXml annotation(String id) {
    Path file = annotationFile(id);
    try {
      return AnnotationXml.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw TextFile.unreadable(file, RESTORE, e);
    }
  }

  private List<EntitySentence> sentences(String id) {
    List<EntitySentence> sentences = new ArrayList<>();
    for (String caption : TextFile.lines(captionFile(id), RESTORE)) {
      try {
        sentences.add(EntitySentence.parse(caption));
      } catch (IllegalArgumentException e) {
        throw DatasetException.damaged(
            "%s has a broken caption in line %d: %s"
                .formatted(captionFile(id), sentences.size() + 1, e.getMessage()),
            e);
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
