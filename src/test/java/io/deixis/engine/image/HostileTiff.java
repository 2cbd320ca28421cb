package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** TIFF files whose directories lie about types, counts, values and places. */
final class HostileTiff {

  private static final int[] LIES = {
    0, 1, 2, 7, 8, 33, 255, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -9
  };

  private HostileTiff() {}

  static Stream<HostileImage> stream() {
    Map<String, byte[]> pictures = TestPictures.all();
    List<HostileImage> files = new ArrayList<>();
    for (String name : List.of("rgb.tif", "LZW.tif", "JPEG.tif", "palette.tif")) {
      byte[] tiff = pictures.get(name);
      for (int lie : LIES) {
        files.add(new HostileImage("directory-at-%d-%s".formatted(lie, name), with(tiff, 4, lie)));
        for (int tag : tags(tiff)) {
          int at = entryAt(tiff, tag);
          files.add(
              new HostileImage(
                  "tag-%d-counts-%d-%s".formatted(tag, lie, name), with(tiff, at + 4, lie)));
          files.add(
              new HostileImage(
                  "tag-%d-is-%d-%s".formatted(tag, lie, name), with(tiff, at + 8, lie)));
        }
      }
      for (int tag : tags(tiff)) {
        for (int type = 0; type < 18; type++) {
          byte[] copy = tiff.clone();
          order(copy).putShort(entryAt(tiff, tag) + 2, (short) type);
          files.add(new HostileImage("tag-%d-of-type-%d-%s".formatted(tag, type, name), copy));
        }
      }
      int directory = order(tiff).getInt(4);
      int next = directory + 2 + 12 * tags(tiff).length;
      files.add(new HostileImage("loop-" + name, with(tiff, next, directory)));
      byte[] many = tiff.clone();
      order(many).putShort(directory, (short) -1);
      files.add(new HostileImage("65535-entries-" + name, many));
    }
    return files.stream();
  }

  /** Returns a copy whose tag has another value, as a LONG. */
  static byte[] withTag(byte[] tiff, int tag, int value) {
    byte[] copy = tiff.clone();
    int at = entryAt(tiff, tag);
    order(copy).putShort(at + 2, (short) 4).putInt(at + 4, 1).putInt(at + 8, value);
    return copy;
  }

  private static int[] tags(byte[] tiff) {
    ByteBuffer bytes = order(tiff);
    int[] tags = new int[bytes.getShort(bytes.getInt(4))];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = Short.toUnsignedInt(bytes.getShort(bytes.getInt(4) + 2 + 12 * i));
    }
    return tags;
  }

  private static int entryAt(byte[] tiff, int tag) {
    int[] tags = tags(tiff);
    for (int i = 0; i < tags.length; i++) {
      if (tags[i] == tag) {
        return order(tiff).getInt(4) + 2 + 12 * i;
      }
    }
    throw new IllegalArgumentException("No tag " + tag);
  }

  private static byte[] with(byte[] tiff, int at, int value) {
    byte[] copy = tiff.clone();
    order(copy).putInt(at, value);
    return copy;
  }

  private static ByteBuffer order(byte[] tiff) {
    return ByteBuffer.wrap(tiff)
        .order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }
}
