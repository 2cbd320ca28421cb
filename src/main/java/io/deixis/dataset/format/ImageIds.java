package io.deixis.dataset.format;

import io.deixis.dataset.DatasetException;
import java.util.regex.Pattern;

/** What an image's id and a split's name may look like, so that neither leads out of a folder. */
final class ImageIds {

  private static final Pattern ID = Pattern.compile("\\w[\\w.-]*");

  private ImageIds() {}

  static boolean isValid(String name) {
    return ID.matcher(name).matches();
  }

  /** Returns {@code name}, or refuses it. */
  static String checked(String name) {
    if (!isValid(name)) {
      throw new DatasetException(
          "'%s' is not a name in this dataset: use letters, digits, '_', '-' and '.'."
              .formatted(name));
    }
    return name;
  }
}
