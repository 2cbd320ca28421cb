package io.deixis.engine.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.IIOException;

/**
 * The ICC profile of a JPEG, in APP2 segments as ICC.1, annex B.4 has them. One that is of another
 * number of colours than the picture, such as one of RGB in a CMYK file, was left there by a
 * careless program; readers make wrong colours of it.
 */
final class JpegProfile {

  private static final int START_OF_SCAN = 0xDA;
  private static final int APP2 = 0xE2;
  private static final byte[] NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

  /** Behind the name stand the number of the segment and of all, then the profile. */
  private static final int SPACE = NAME.length + 2 + 16;

  private final List<Integer> names = new ArrayList<>();
  private OptionalInt colours = OptionalInt.empty();
  private int components;

  private JpegProfile() {}

  /**
   * Returns the file itself, or a copy without name on a profile that does not fit the picture.
   *
   * @param jpeg a file whose structure {@link JpegContainer} has checked
   */
  static byte[] fitting(byte[] jpeg) throws IIOException {
    JpegProfile profile = new JpegProfile();
    profile.read(ByteBuffer.wrap(jpeg));
    if (profile.colours.isEmpty() || profile.colours.getAsInt() == profile.components) {
      return jpeg;
    }
    byte[] without = jpeg.clone();
    profile.names.forEach(at -> Arrays.fill(without, at, at + NAME.length - 1, (byte) '-'));
    return without;
  }

  private void read(ByteBuffer bytes) throws IIOException {
    bytes.position(2);
    for (int marker = JpegContainer.nextMarker(bytes);
        marker != START_OF_SCAN;
        marker = JpegContainer.nextMarker(bytes)) {
      if (JpegContainer.isStandalone(marker)) {
        continue;
      }
      int start = bytes.position() + 2;
      ByteBuffer segment = JpegContainer.segment(bytes);
      if (JpegContainer.isFrame(marker)) {
        components = segment.get(5);
      } else if (marker == APP2 && isProfile(segment)) {
        names.add(start);
        if (colours.isEmpty() && segment.remaining() >= SPACE + 4) {
          colours = colours(segment.slice(SPACE, 4));
        }
      }
    }
  }

  private static boolean isProfile(ByteBuffer segment) {
    return segment.remaining() >= NAME.length
        && segment.slice(0, NAME.length).equals(ByteBuffer.wrap(NAME));
  }

  /** Those of a space that photos have; empty for another. */
  private static OptionalInt colours(ByteBuffer space) {
    return switch (StandardCharsets.US_ASCII.decode(space).toString()) {
      case "GRAY" -> OptionalInt.of(1);
      case "RGB " -> OptionalInt.of(3);
      case "CMYK" -> OptionalInt.of(4);
      default -> OptionalInt.empty();
    };
  }
}
