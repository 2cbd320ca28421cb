package io.deixis.engine.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** BMP and GIF files with lying offsets, palettes and runs, and frames that do not fit. */
final class HostileBitmaps {

  private HostileBitmaps() {}

  static Stream<HostileImage> stream(int bombPixels) {
    List<HostileImage> files = new ArrayList<>();
    Map<String, byte[]> pictures = TestPictures.all();
    int[] lies = {0, 1, 13, 53, 54, 1_000, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};
    for (String name : List.of("rgb.bmp", "palette.bmp", "rle.bmp")) {
      byte[] bmp = pictures.get(name);
      for (int lie : lies) {
        for (int at : new int[] {2, 10, 30, 34, 38, 42, 46, 50}) {
          files.add(file("at-%d-%d-%s".formatted(at, lie, name), with(bmp, at, lie)));
        }
      }
      for (int bits = 0; bits < 40; bits++) {
        byte[] copy = bmp.clone();
        copy[28] = (byte) bits;
        files.add(file(bits + "-bit-" + name, copy));
      }
      for (int compression = 0; compression < 8; compression++) {
        files.add(
            file("compression-%d-%s".formatted(compression, name), with(bmp, 30, compression)));
      }
      for (int header : new int[] {12, 40, 52, 56, 108, 124}) {
        files.add(file("header-of-%d-%s".formatted(header, name), with(bmp, 14, header)));
      }
    }
    int side = (int) Math.sqrt(bombPixels);
    byte[] runs = pictures.get("rle.bmp").clone();
    HostileHeaders.little(runs).putInt(18, side).putInt(22, side);
    files.add(file("runs-of-many-pixels.bmp", runs));
    byte[] profile = Arrays.copyOf(TestPictures.bmp(), 54 + 84 + 48 * 32 * 3);
    HostileHeaders.little(profile)
        .putInt(14, 124)
        .putInt(70, 0x4D424544) // the profile is embedded
        .putInt(126, 124)
        .putInt(130, Integer.MAX_VALUE);
    files.add(file("profile-without-end.bmp", profile));

    byte[] gif = TestPictures.gif();
    int frame = HostileHeaders.gifFrameAt(gif);
    for (int lie : new int[] {0, 1, 47, 49, 255, 6_000, 32_767, 65_535}) {
      for (int at = 1; at < 9; at += 2) {
        byte[] copy = gif.clone();
        HostileHeaders.little(copy).putShort(frame + at, (short) lie);
        files.add(file("frame-at-%d-%d.gif".formatted(at, lie), copy));
      }
    }
    for (int size = 0; size < 256; size += 5) {
      byte[] copy = gif.clone();
      copy[frame + 10] = (byte) size; // LZW minimum code size
      files.add(file("code-size-%d.gif".formatted(size), copy));
      copy = gif.clone();
      copy[10] = (byte) size; // flags, size of the colour table
      files.add(file("flags-%d.gif".formatted(size), copy));
    }
    byte[] frames = Arrays.copyOfRange(gif, frame, gif.length - 1);
    byte[][] parts = new byte[2_002][];
    Arrays.fill(parts, frames);
    parts[0] = Arrays.copyOf(gif, frame);
    parts[2_001] = new byte[] {0x3B};
    files.add(file("2000-frames.gif", HostilePng.join(parts)));
    return files.stream();
  }

  private static byte[] with(byte[] bmp, int at, int value) {
    byte[] copy = bmp.clone();
    HostileHeaders.little(copy).putInt(at, value);
    return copy;
  }

  private static HostileImage file(String name, byte[] bytes) {
    return new HostileImage(name, bytes);
  }
}
