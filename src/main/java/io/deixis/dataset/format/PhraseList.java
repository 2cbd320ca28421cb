package io.deixis.dataset.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.deixis.files.JsonFields;
import io.deixis.geometry.Box;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a list of phrases that somebody wrote for a few photos:
 *
 * <pre>
 *   [{"image": "mugs.jpg", "phrase": "the smaller mug", "boxes": [[34, 80, 160, 214]]},
 *    {"image": "mugs.jpg", "phrase": "a teapot", "boxes": []}]
 * </pre>
 *
 * <p>Boxes are {@code [x1, y1, x2, y2]} in pixels of the photo seen upright. A phrase without boxes
 * is absent from its photo. {@code type}, an entity type, may be given. So may {@code width} and
 * {@code height}; without them the photo's header tells its size as stored, which is not the
 * upright one if EXIF turns it by a quarter; JPEG and PNG are known.
 */
final class PhraseList {

  /** The first bytes of a PNG and of a JPEG file. */
  private static final int PNG = 0x89504e47;

  private static final int JPEG = 0xffd8;

  static DatasetFormat format() {
    return SplitFileDataset.format(
        "phrases",
        "a JSON list of phrases with the photos and boxes they belong to, a file for each split",
        SplitFileDataset.JSON,
        PhraseList::recognises,
        PhraseList::read);
  }

  /** The entity type of phrases that have none. */
  private static final String PHRASE = "object";

  private final AnnotationFile file;

  private PhraseList(Path file) {
    this.file = new AnnotationFile(file);
  }

  /** A file of predictions is such a list too, but has scores. */
  private static boolean recognises(Path file) {
    List<String> fields = RootFields.ofFirst(file);
    return fields.containsAll(List.of("image", "phrase", "boxes")) && !fields.contains("scores");
  }

  private static AnnotationFile read(Path path) {
    PhraseList list = new PhraseList(path);
    return list.file.read(json -> list.file.each(json, "", list::phrase));
  }

  private void phrase(JsonFields entry, int line) {
    AnnotationFile.Image image = image(entry, line);
    String phrase = entry.text("phrase").strip();
    List<JsonNode> corners = entry.list("boxes");
    if (corners.isEmpty()) {
      image.addAbsent(phrase);
      return;
    }
    try {
      List<Box> boxes = new ArrayList<>();
      for (int i = 0; i < corners.size(); i++) {
        String at = "%s[%d]".formatted(entry.at("boxes"), i);
        double[] c = JsonFields.box(corners.get(i), at);
        boxes.add(image.box(c[0], c[1], c[2], c[3], line, at));
      }
      Caption caption = new Caption(phrase);
      String type = entry.has("type") ? AnnotationFile.type(entry.text("type")) : PHRASE;
      caption.mention(0, phrase.length(), boxes, type);
      image.add(caption);
    } catch (JsonFields.BadField e) {
      image.error(line, e.getMessage());
    }
  }

  private AnnotationFile.Image image(JsonFields entry, int line) {
    String name = entry.text("image");
    if (entry.has("width")) {
      return file.image(name, entry.size("width"), entry.size("height"), line);
    }
    return file.known(name)
        .orElseGet(
            () -> {
              int[] size = size(name);
              return file.image(name, size[0], size[1], line);
            });
  }

  /** Reads a photo's header for its size as stored, without desktop classes: a front has none. */
  private int[] size(String name) {
    Path photo = SplitFileDataset.photos(file.file().toAbsolutePath().getParent()).resolve(name);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(photo)))) {
      int first = in.readInt();
      if (first == PNG) {
        in.skipNBytes(12); // the rest of the signature; length and name of the first chunk
        return new int[] {in.readInt(), in.readInt()};
      }
      if (first >>> 16 == JPEG) {
        return jpegSize(first & 0xffff, in);
      }
    } catch (IOException | RuntimeException unreadable) {
      // the message below tells what to do
    }
    throw new JsonFields.BadField(
        "the photo '%s' cannot be read for its size; restore it, or give width and height"
            .formatted(name));
  }

  /** Goes from segment to segment to the one that begins a frame (ITU-T T.81, B.2). */
  private static int[] jpegSize(int firstMarker, DataInputStream in) throws IOException {
    int marker = firstMarker;
    while (true) {
      int length = in.readUnsignedShort();
      boolean frame =
          marker >= 0xffc0
              && marker <= 0xffcf
              && marker != 0xffc4
              && marker != 0xffc8
              && marker != 0xffcc;
      if (frame) {
        in.skipNBytes(1); // bits of a sample
        int height = in.readUnsignedShort();
        return new int[] {in.readUnsignedShort(), height};
      }
      in.skipNBytes(length - 2L);
      marker = in.readUnsignedShort();
    }
  }
}
