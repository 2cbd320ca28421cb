package io.deixis.engine.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;

/** PNG: chunks with checksums, as in the W3C's PNG specification, section 5. */
final class PngContainer implements Container {

  private static final int SIGNATURE_BYTES = 8;
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;
  private static final int ICCP = 0x69434350;

  /** Profiles of cameras and screens have some kilobytes, those of printers a few megabytes. */
  private static final int MOST_PROFILE_BYTES = 4 << 20;

  /** Set in the names of chunks that a reader may ignore. */
  private static final int ANCILLARY = 0x20000000;

  /** The JDK's. */
  private final PluginReader reader =
      new PluginReader(ImageIO.getImageReadersByFormatName("png").next().getOriginatingProvider());

  @Override
  public BufferedImage pixels(byte[] encoded, ImageLayout layout, DecodingTime time)
      throws IOException {
    return reader.read(encoded, layout, time);
  }

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.position(SIGNATURE_BYTES);
    if (bytes.getInt(SIGNATURE_BYTES + 4) != IHDR) {
      throw new IIOException("The PNG does not start with its header");
    }
    long width = Integer.toUnsignedLong(bytes.getInt(SIGNATURE_BYTES + 8));
    long height = Integer.toUnsignedLong(bytes.getInt(SIGNATURE_BYTES + 12));
    limit.check(width, height);

    Optional<byte[]> exif = Optional.empty();
    Optional<ColourProfile> colours = Optional.empty();
    boolean pictured = false;
    int type;
    do {
      long length = Integer.toUnsignedLong(bytes.getInt());
      ByteBuffer named = Container.take(bytes, length + 4);
      checkCrc(named, bytes.getInt());
      type = named.getInt();
      pictured |= type == IDAT;
      if (type == EXIF) {
        exif = Optional.of(Container.copy(named));
      } else if (type == ICCP && !pictured && colours.isEmpty()) {
        colours = profile(named).flatMap(ColourProfile::of);
      }
    } while (type != IEND);
    if (!pictured) {
      throw new IIOException("The PNG ends before its picture");
    }
    return ImageLayout.filled((int) width, (int) height, exif).in(colours);
  }

  /** Reads a profile: its name, how it is compressed (only one way is known), and the bytes. */
  private static Optional<byte[]> profile(ByteBuffer content) {
    while (content.hasRemaining() && content.get() != 0) {
      // the name
    }
    if (!content.hasRemaining() || content.get() != 0) {
      return Optional.empty();
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(content);
      byte[] icc = new byte[MOST_PROFILE_BYTES];
      int length = inflater.inflate(icc);
      return inflater.finished() ? Optional.of(Arrays.copyOf(icc, length)) : Optional.empty();
    } catch (DataFormatException damaged) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static void checkCrc(ByteBuffer named, int expected) throws IIOException {
    if ((named.getInt(0) & ANCILLARY) != 0) {
      return;
    }
    CRC32 crc = new CRC32();
    crc.update(named.duplicate());
    if ((int) crc.getValue() != expected) {
      throw new IIOException("A PNG chunk's checksum does not match");
    }
  }
}
