package io.deixis.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Phrase grounding data on disk: images with sentences, whose phrases are tied to boxes and entity
 * types. Everything that trains, evaluates or counts reads data through this interface; {@link
 * DatasetFormat} names the formats that implement it.
 *
 * <p>Implementations are thread-safe.
 */
public interface GroundingDataset {

  /** Returns what the data is called, and on what terms it may be used. */
  DatasetCard card();

  /**
   * Returns the names of the splits that there are, {@code train}, {@code val}, {@code test} first.
   */
  List<String> splits();

  /**
   * Returns the list of a split as it is on disk, defects included.
   *
   * @param name {@code train}, {@code val}, {@code test} or another split's name
   * @throws DatasetException if there is no such split or its file cannot be read
   */
  SplitList list(String name);

  /**
   * Returns the ids of a split's images in file order.
   *
   * @param name {@code train}, {@code val}, {@code test} or another split's name
   * @throws DatasetException if there is no such split, its file cannot be read, or it names an
   *     image twice
   */
  default List<String> split(String name) {
    return list(name).distinctIds();
  }

  /**
   * Adds splits of images that the data set has.
   *
   * @param splits the ids of each split's images, by its name
   * @throws DatasetException if one of the splits is there already, and then none is added, or one
   *     cannot be written
   */
  void addSplits(Map<String, List<String>> splits);

  /**
   * Reads an image's annotations and captions.
   *
   * @param id the image's id: letters, digits, '_', '-' and '.'
   * @throws DatasetException if a file is missing or broken
   */
  AnnotatedImage read(String id);

  /**
   * Returns everything that is wrong with an image's annotations and captions, warnings included.
   *
   * @param id the image's id
   */
  List<Defect> defects(String id);

  /**
   * Returns where an image's pixels are, whether or not the file exists.
   *
   * @param id the image's id
   */
  Path image(String id);

  /**
   * Returns the files that an image's annotations and captions are read from, whether or not they
   * exist.
   *
   * @param id the image's id
   */
  List<Path> annotationFiles(String id);
}
