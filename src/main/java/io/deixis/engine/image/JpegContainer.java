package io.deixis.engine.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOException;

/** JPEG: marker segments as in ITU-T T.81, annex B. */
final class JpegContainer implements Container {

  private static final int START_OF_IMAGE = 0xD8;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int START_OF_SCAN = 0xDA;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;

  /** The last of the frames that are read: 0 to 2 are the usual ones, 3 has no loss. */
  private static final int LOSSLESS = 0xC3;

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

  private static final byte[] JFIF = latin("JFIF\0");
  private static final byte[] ADOBE = latin("Adobe");
  private static final byte[] EXIF = latin("Exif\0\0");

  /** In APP2 segments stand a name, the number of the segment and of all, a part of the profile. */
  private static final byte[] PROFILE = latin("ICC_PROFILE\0");

  private static final int PROFILE_AT = PROFILE.length + 2;

  /** Where a profile names its space of colours (ICC.1, 7.2). */
  private static final int SPACE_AT = 16;

  private static final PluginReader READER = new PluginReader(new JPEGImageReaderSpi());

  /** What stands before the pixels, and how much work they are. */
  private static final class Headers {
    private int width;
    private int height;
    private Samples samples;
    private Optional<byte[]> exif = Optional.empty();
    private final List<ByteBuffer> profile = new ArrayList<>();
    private final List<ByteBuffer> adobe = new ArrayList<>();
    private boolean jfif;
    private int scans;
    private long work;
  }

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    Headers headers = headers(bytes, limit);
    Optional<ColourProfile> colours =
        headers.samples.components() == 3
            ? profile(headers).filter(icc -> space(icc).equals("RGB ")).flatMap(ColourProfile::of)
            : Optional.empty();
    return ImageLayout.filled(headers.width, headers.height, headers.exif).in(colours);
  }

  private static Headers headers(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    Headers headers = new Headers();
    bytes.position(2);
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
      if (isFrame(marker) && headers.samples == null) {
        readFrame(marker, segment, headers, limit);
      } else if (marker == APP0) {
        headers.jfif |= startsWith(segment, JFIF);
      } else if (marker == APP14 && startsWith(segment, ADOBE)) {
        headers.adobe.add(segment);
      } else if (marker == APP1 && headers.exif.isEmpty() && startsWith(segment, EXIF)) {
        headers.exif = Optional.of(Container.copy(segment.position(EXIF.length)));
      } else if (marker == APP2 && headers.scans == 0 && startsWith(segment, PROFILE)) {
        headers.profile.add(segment);
      } else if (marker == START_OF_SCAN) {
        countScan(segment, headers);
      }
    }
    if (headers.scans == 0) {
      throw new IIOException("The JPEG ends before its picture");
    }
    return headers;
  }

  private static void readFrame(int marker, ByteBuffer segment, Headers headers, PixelLimit limit)
      throws IIOException {
    int precision = segment.get();
    headers.height = Short.toUnsignedInt(segment.getShort());
    headers.width = Short.toUnsignedInt(segment.getShort());
    limit.check(headers.width, headers.height);
    if (marker > LOSSLESS || precision != 8) {
      throw new GroundingException(
          Reason.IMAGE_UNSUPPORTED,
          ImageDecoder.FIELD,
          "This kind of JPEG is not read",
          "save it with 8 bits a sample and Huffman coding, as any image editor does");
    }
    int components = Byte.toUnsignedInt(segment.get());
    if (components > MOST_COMPONENTS) {
      throw new IIOException("The JPEG has " + components + " components");
    }
    headers.samples = Samples.of(segment, components, (long) headers.width * headers.height);
  }

  private static void countScan(ByteBuffer segment, Headers headers) throws IIOException {
    headers.scans++;
    if (headers.scans > MOST_SCANS) {
      throw tooManyScans();
    }
    if (headers.samples == null) {
      throw new IIOException("The JPEG has a scan before its frame");
    }
    headers.work += headers.samples.ofScan(segment);
    if (headers.work > MOST_PASSES * Math.max(FEW_SAMPLES, headers.samples.all())) {
      throw tooManyScans();
    }
  }

  private static GroundingException tooManyScans() {
    return new GroundingException(
        Reason.IMAGE_BROKEN,
        ImageDecoder.FIELD,
        "The JPEG image has more scans than a picture of its size needs",
        "save it anew, as any image editor does");
  }

  /** Skips entropy-coded data, where FF is followed by 00 or a restart, up to the next marker. */
  private static int nextMarker(ByteBuffer bytes) {
    int previous = 0;
    while (true) {
      int current = Byte.toUnsignedInt(bytes.get());
      if (previous == 0xFF && current != 0 && current != 0xFF) {
        return current;
      }
      previous = current;
    }
  }

  private static boolean isStandalone(int marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
  }

  /** SOF0 to SOF15; between them stand DHT (C4), JPG (C8) and DAC (CC). */
  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static ByteBuffer segment(ByteBuffer bytes) throws IIOException {
    int length = Short.toUnsignedInt(bytes.getShort()) - 2;
    if (length < 0) {
      throw new IIOException("A JPEG segment is shorter than its own length field");
    }
    return Container.take(bytes, length);
  }

  private static boolean startsWith(ByteBuffer segment, byte[] name) {
    return segment.remaining() > name.length
        && segment.slice(0, name.length).equals(ByteBuffer.wrap(name));
  }

  /**
   * The profile of the colours is applied here, not by the reader, which passes some over. One of
   * another number of colours than the picture, such as one of RGB in a CMYK file, was left there
   * by a careless program; readers make wrong colours of it.
   */
  @Override
  public BufferedImage pixels(byte[] encoded, ImageLayout layout, DecodingTime time)
      throws IOException {
    byte[] jpeg = encoded.clone();
    Headers headers = headers(ByteBuffer.wrap(jpeg), PixelLimit.NONE);
    boolean forReader =
        switch (profile(headers).map(JpegContainer::space).orElse("")) {
          case "GRAY" -> headers.samples.components() == 1;
          case "CMYK" -> headers.samples.components() == 4;
          default -> false;
        };
    if (!forReader) {
      headers.profile.forEach(segment -> segment.put(0, (byte) '-')); // a name that none knows
    }
    if (headers.jfif && headers.samples.components() == 3) {
      // JFIF knows no other colours than YCbCr, whatever an editor's own segment says.
      headers.adobe.forEach(segment -> segment.put(0, (byte) '-'));
    }
    return READER.read(jpeg, layout, time);
  }

  /** Joins the parts of a profile, as ICC.1, annex B.4 has them. */
  private static Optional<byte[]> profile(Headers headers) {
    ByteArrayOutputStream icc = new ByteArrayOutputStream();
    headers.profile.stream()
        .filter(segment -> segment.capacity() > PROFILE_AT)
        .sorted(Comparator.comparing(segment -> Byte.toUnsignedInt(segment.get(PROFILE.length))))
        .map(segment -> Container.copy(segment.duplicate().position(PROFILE_AT)))
        .forEach(icc::writeBytes);
    return icc.size() < SPACE_AT + 4 ? Optional.empty() : Optional.of(icc.toByteArray());
  }

  private static String space(byte[] icc) {
    return new String(icc, SPACE_AT, 4, StandardCharsets.ISO_8859_1);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * How many samples the components of a frame have.
   *
   * @param components how many there are
   * @param counts samples by the component's identifier
   */
  private record Samples(int components, Map<Byte, Long> counts) {

    /** Reads the components' sampling factors. */
    static Samples of(ByteBuffer frame, int components, long pixels) {
      byte[] content = Container.copy(Container.take(frame, 3L * components));
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
      return new Samples(components, counts);
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
