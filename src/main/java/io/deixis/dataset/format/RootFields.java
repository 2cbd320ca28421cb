package io.deixis.dataset.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.deixis.files.JsonMappers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells JSON formats apart. */
final class RootFields {

  /** Content may be behind long lists, but what tells a format comes early. */
  private static final int MOST = 20;

  private RootFields() {}

  /**
   * Returns the names of the first fields of a file's first object, as far as they can be read;
   * none if the file does not begin with an object.
   */
  static List<String> of(Path file) {
    return of(file, false);
  }

  /**
   * As {@link #of}, for the first object of a list; none if the file does not begin with a list.
   */
  static List<String> ofFirst(Path file) {
    return of(file, true);
  }

  private static List<String> of(Path file, boolean inList) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = JsonMappers.VALUES.createParser(file.toFile())) {
      if (inList && parser.nextToken() != JsonToken.START_ARRAY) {
        return names;
      }
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (names.size() < MOST && parser.nextToken() == JsonToken.FIELD_NAME) {
          names.add(parser.currentName());
          if ("images".equals(parser.currentName())) {
            break;
          }
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (IOException notJson) {
      // what was read before it is enough to tell
    }
    return names;
  }
}
