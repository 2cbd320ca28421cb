package io.deixis.dataset;

import io.deixis.dataset.Defect.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for everything that is wrong in a data set, file by file, and goes on behind each defect.
 */
public final class DatasetInspection {

  private final Flickr30kEntities data;

  /** Prepares the inspection of {@code data}. */
  public DatasetInspection(Flickr30kEntities data) {
    this.data = data;
  }

  /** Returns what is wrong with an image's annotations and captions. */
  public List<Defect> ofImage(String id) {
    List<Defect> defects = new ArrayList<>();
    List<Path> files = data.annotationFiles(id);
    inspectAnnotation(id, files.get(0), defects);
    inspectCaptions(id, files.get(1), defects);
    return defects;
  }

  /**
   * Returns what is wrong with the lists of splits: an image in two of them or twice in one.
   *
   * @param names of the splits
   */
  public List<Defect> ofLists(List<String> names) {
    List<Defect> defects = new ArrayList<>();
    Map<String, Path> listOf = new HashMap<>();
    for (String name : names) {
      Path list = data.list(name);
      List<String> lines = data.listLines(name);
      for (int i = 0; i < lines.size(); i++) {
        String id = lines.get(i).strip();
        Path other = id.isEmpty() ? null : listOf.putIfAbsent(id, list);
        if (other != null) {
          defects.add(
              new Defect(
                  Severity.ERROR,
                  list,
                  i + 1,
                  "the image %s is already in %s".formatted(id, other.getFileName())));
        }
      }
    }
    return defects;
  }

  /**
   * Returns the lines of a split's list whose image has no file.
   *
   * @param name of the split
   */
  public List<Defect> missingImages(String name) {
    List<Defect> defects = new ArrayList<>();
    List<String> lines = data.listLines(name);
    for (int i = 0; i < lines.size(); i++) {
      String id = lines.get(i).strip();
      if (!id.isEmpty() && !Files.isRegularFile(data.image(id))) {
        defects.add(
            new Defect(
                Severity.WARNING,
                data.list(name),
                i + 1,
                "the image file %s is missing".formatted(data.image(id))));
      }
    }
    return defects;
  }

  private void inspectAnnotation(String id, Path file, List<Defect> defects) {
    if (!Files.exists(file)) {
      defects.add(missing(file));
      return;
    }
    try {
      for (AnnotationXml.Problem problem : data.annotation(id).problems()) {
        defects.add(new Defect(problem.severity(), file, problem.line(), problem.text()));
      }
    } catch (DatasetException unreadable) {
      defects.add(Defect.ofFile(file, "the file cannot be read"));
    }
  }

  private void inspectCaptions(String id, Path file, List<Defect> defects) {
    if (!Files.exists(file)) {
      defects.add(missing(file));
      return;
    }
    List<String> captions;
    try {
      captions = data.captions(id);
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

  private static Defect missing(Path file) {
    return Defect.ofFile(file, "the file is missing");
  }
}
