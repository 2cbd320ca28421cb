package io.deixis.dataset.synthetic;

import io.deixis.dataset.DatasetCard;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.format.Flickr30kEntitiesWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A small dataset of drawn scenes in the Flickr30k Entities layout. Its phrases tell things apart
 * by noun, colour, size and side; it also has what makes the real one awkward: chains with several
 * boxes, boxes with several chains, scenes and phrases without a box.
 *
 * @param train images to train on
 * @param val images to tune on
 * @param test images to report on
 * @param seed the same seed and sizes give the same dataset
 */
public record SyntheticDataset(int train, int val, int test, long seed) {

  /** Leaves room for the chains of one image between the numbers of two. */
  private static final int CHAINS_PER_IMAGE = 100;

  private static final int FIRST_ID = 1_000_000;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public SyntheticDataset {
    if (train < 0 || val < 0 || test < 0) {
      throw new IllegalArgumentException("A split cannot have fewer than 0 images.");
    }
  }

  /**
   * Writes the dataset.
   *
   * @param directory a new or empty folder
   * @throws DatasetException if it already holds something or cannot be written
   */
  public void write(Path directory) {
    Flickr30kEntitiesWriter writer = new Flickr30kEntitiesWriter(directory);
    Random random = new Random(seed);
    List<String> trainIds = writeImages(writer, 0, train, random);
    List<String> valIds = writeImages(writer, train, val, random);
    List<String> testIds = writeImages(writer, train + val, test, random);
    writer.writeCard(
        new DatasetCard(
            "Deixis drawn scenes",
            "Apache-2.0",
            String.format(
                Locale.ROOT,
                "Scenes drawn by dataset synth with seed %d: %d images to train on, %d to tune on,"
                    + " %d to report on.",
                seed,
                train,
                val,
                test)));
    // The lists come last, so that a folder that was not finished has none.
    writer.writeSplit("train", trainIds);
    writer.writeSplit("val", valIds);
    writer.writeSplit("test", testIds);
  }

  private static List<String> writeImages(
      Flickr30kEntitiesWriter writer, int first, int count, Random random) {
    List<String> ids = new ArrayList<>();
    for (int index = first; index < first + count; index++) {
      String id = String.valueOf(FIRST_ID + index);
      Scene scene = Scene.random(random);
      SceneCaptions captions = new SceneCaptions(scene, 1 + index * CHAINS_PER_IMAGE, random);
      writer.write(captions.annotate(id), ScenePainter.paint(scene));
      ids.add(id);
    }
    return ids;
  }
}
