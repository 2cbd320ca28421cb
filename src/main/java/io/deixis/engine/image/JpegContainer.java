package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOException;

/** JPEG: marker segments as in ITU-T T.81, annex B. */
final class JpegContainer implements Container {

  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP1 = 0xE1;

  /** Grey, three colours, or four inks. */
  private static final int MOST_COMPONENTS = 4;

  /**
   * A decoder goes over all pixels once for each scan. Progressive files of known encoders have
   * about ten; the standard's own limit is in the thousands.
   */
  private static final int MOST_SCANS = 100;

  /**
   * How often the scans may go over all samples of a large picture. The usual script of progressive
   * files does so 5 or 6 times.
   */
  private static final int MOST_PASSES = 10;

  /** Pictures with fewer samples may be gone over as often as one with so many. */
  private static final long FEW_SAMPLES = 4_000_000;

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.position(2);
    ImageLayout layout = null;
    Optional<byte[]> exif = Optional.empty();
    Samples samples = null;
    long work = 0;
    int scans = 0;
    while (true) {
      int marker = nextMarker(bytes);
      if (marker == END_OF_IMAGE) {
        break;
      }
      if (marker == START_OF_IMAGE) {
        throw new IIOException("A second image starts inside the first");
      }
      if (isStandalone(marker)) {
        continue;
      }
      ByteBuffer segment = segment(bytes);
      if (isFrame(marker) && layout == null) {
        segment.get(); // sample precision
        int height = Short.toUnsignedInt(segment.getShort());
        int width = Short.toUnsignedInt(segment.getShort());
        limit.check(width, height);
        int components = Byte.toUnsignedInt(segment.get());
        if (components > MOST_COMPONENTS) {
          throw new IIOException("The JPEG has " + components + " components");
        }
        layout = ImageLayout.filled(width, height, Optional.empty());
        samples = Samples.of(segment, components, (long) width * height);
      } else if (marker == APP1 && exif.isEmpty()) {
        exif = exif(segment);
      } else if (marker == START_OF_SCAN) {
        scans++;
        if (scans > MOST_SCANS) {
          throw new IIOException("The JPEG has more than " + MOST_SCANS + " scans");
        }
        if (samples == null) {
          throw new IIOException("The JPEG has a scan before its frame");
        }
        work += samples.ofScan(segment);
        if (work > MOST_PASSES * Math.max(FEW_SAMPLES, samples.all())) {
          throw new IIOException("The JPEG's scans go over its picture too often");
        }
      }
    }
    if (layout == null || scans == 0) {
      throw new IIOException("The JPEG ends before its picture");
    }
    return ImageLayout.filled(layout.width(), layout.height(), exif);
  }

  /** Skips entropy-coded data, where FF is followed by 00 or a restart, up to the next marker. */
  static int nextMarker(ByteBuffer bytes) {
    int previous = 0;
    while (true) {
      int current = Byte.toUnsignedInt(bytes.get());
      if (previous == 0xFF && current != 0 && current != 0xFF) {
        return current;
      }
      previous = current;
    }
  }

  static boolean isStandalone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  /** SOF0 to SOF15; between them stand DHT (C4), JPG (C8) and DAC (CC). */
  static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  static ByteBuffer segment(ByteBuffer bytes) throws IIOException {
    int length = Short.toUnsignedInt(bytes.getShort()) - 2;
    if (length < 0) {
      throw new IIOException("A JPEG segment is shorter than its own length field");
    }
    return Slices.take(bytes, length);
  }

  private static Optional<byte[]> exif(ByteBuffer segment) {
    byte[] content = Slices.copy(segment);
    return content.length > EXIF.length
            && Arrays.equals(content, 0, EXIF.length, EXIF, 0, EXIF.length)
        ? Optional.of(Arrays.copyOfRange(content, EXIF.length, content.length))
        : Optional.empty();
  }

  /**
   * How many samples the components of a frame have.
   *
   * @param counts samples by the component's identifier
   */
  private record Samples(Map<Byte, Long> counts) {

    /** Reads the components' sampling factors. */
    static Samples of(ByteBuffer frame, int components, long pixels) {
      byte[] content = Slices.copy(Slices.take(frame, 3L * components));
      int columns = 1;
      int rows = 1;
      for (int i = 1; i < content.length; i += 3) {
        columns = Math.max(columns, content[i] >> 4 & 0xF);
        rows = Math.max(rows, content[i] & 0xF);
      }
      Map<Byte, Long> counts = new HashMap<>();
      for (int i = 0; i < content.length; i += 3) {
        int share = (content[i + 1] >> 4 & 0xF) * (content[i + 1] & 0xF);
        counts.merge(content[i], pixels * share / (columns * rows) + 1, Math::max);
      }
      return new Samples(counts);
    }

    long all() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many samples a scan goes over. */
    long ofScan(ByteBuffer scan) {
      long samples = 0;
      int components = Byte.toUnsignedInt(scan.get());
      for (int i = 0; i < components; i++) {
        samples += counts.getOrDefault(scan.get(), all());
        scan.get(); // tables
      }
      return samples;
    }
  }
}
