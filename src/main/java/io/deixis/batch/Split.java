package io.deixis.batch;

import io.deixis.dataset.DatasetException;
import io.deixis.dataset.Flickr30kEntities;
import java.util.ArrayList;
import java.util.List;

/**
 * A split of a data set.
 *
 * @param name its name
 * @param ids the images in it
 */
record Split(String name, List<String> ids) {

  private static final List<String> NAMES = List.of("train", "val", "test");

  /** Returns those of the usual splits that the data set has a list of. */
  static List<Split> presentIn(Flickr30kEntities data) {
    List<Split> splits = new ArrayList<>();
    for (String name : NAMES) {
      try {
        splits.add(new Split(name, data.split(name)));
      } catch (DatasetException absent) {
        // a data set need not have every split
      }
    }
    return splits;
  }
}
