package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** EXIF blocks with orientations that do not exist, loops, depths and lengths without end. */
final class HostileExif {

  private static final int EXIF_DIRECTORY = 0x8769;

  private HostileExif() {}

  static Stream<HostileImage> stream() {
    return blocks().entrySet().stream()
        .flatMap(
            block -> {
              Stream<HostileImage> png =
                  Stream.of(
                      new HostileImage(
                          "exif-" + block.getKey() + ".png",
                          TestPictures.pngWithExif(block.getValue())));
              return block.getValue().length > 65_000
                  ? png
                  : Stream.concat(
                      png,
                      Stream.of(
                          new HostileImage(
                              "exif-" + block.getKey() + ".jpg",
                              TestPictures.jpegWithExif(block.getValue()))));
            });
  }

  static Map<String, byte[]> blocks() {
    Map<String, byte[]> blocks = new LinkedHashMap<>();
    for (int orientation : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 255, 32_767, 65_535}) {
      blocks.put("orientation-" + orientation, TestPictures.exif(orientation));
    }
    for (int type = 0; type < 14; type++) {
      byte[] exif = TestPictures.exif(6);
      exif[13] = (byte) type;
      blocks.put("type-" + type, exif);
    }
    for (int count : new int[] {0, 2, 65_535, Integer.MAX_VALUE, -1}) {
      byte[] exif = TestPictures.exif(6);
      ByteBuffer.wrap(exif).putInt(14, count);
      blocks.put("count-" + count, exif);
    }
    for (int directory : new int[] {0, 1, 7, 25, 26, 1_000, Integer.MAX_VALUE, -1, -2}) {
      byte[] exif = TestPictures.exif(6);
      ByteBuffer.wrap(exif).putInt(4, directory);
      blocks.put("directory-at-" + directory, exif);
    }
    byte[] loop = TestPictures.exif(6);
    ByteBuffer.wrap(loop).putInt(22, 8);
    blocks.put("loop", loop);
    byte[] many = TestPictures.exif(6);
    ByteBuffer.wrap(many).putShort(8, (short) -1);
    blocks.put("65535-entries", many);
    blocks.put("empty", new byte[0]);
    blocks.put("no-order", "XX\0*\0\0\0\b".getBytes(StandardCharsets.ISO_8859_1));
    blocks.put("deep", deep(3_000));
    blocks.put("very-deep", deep(100_000));
    blocks.put("greedy", greedy());
    return blocks;
  }

  /** Directories that lead into the next. */
  private static byte[] deep(int directories) {
    ByteBuffer exif = header(8 + 18 * directories + 4);
    for (int i = 1; i <= directories; i++) {
      exif.putShort((short) 1)
          .putShort((short) EXIF_DIRECTORY)
          .putShort((short) 4)
          .putInt(1)
          .putInt(8 + 18 * i)
          .putInt(8 + 18 * i);
    }
    return exif.array();
  }

  /** Entries that each ask for the whole block. */
  private static byte[] greedy() {
    int entries = 5_000;
    ByteBuffer exif = header(8 + 2 + 12 * entries + 4).putShort((short) entries);
    for (int i = 0; i < entries; i++) {
      exif.putShort((short) (0x9000 + i)).putShort((short) 5).putInt(7_000).putInt(0);
    }
    return exif.array();
  }

  private static ByteBuffer header(int bytes) {
    return ByteBuffer.allocate(bytes)
        .put("MM".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) 42)
        .putInt(8);
  }
}
