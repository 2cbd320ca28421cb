package io.deixis.engine.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
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
  private static final int TRNS = 0x74524E53;

  /** In the header, after both sides. */
  private static final int BITS_AT = SIGNATURE_BYTES + 16;

  private static final int COLOUR_TYPE_AT = BITS_AT + 1;

  private static final int GREY = 0;
  private static final int GREY_WITH_ALPHA = 4;

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
    int transparency = encoded[COLOUR_TYPE_AT] == GREY ? find(TRNS, encoded) : -1;
    if (transparency < 0 || encoded[BITS_AT] >= 8) {
      return reader.read(encoded, layout, time);
    }
    // The reader compares a shade of 1, 2 or 4 bits with samples that it has made bytes of.
    byte[] opaque = encoded.clone();
    opaque[transparency + 4] = 'x'; // a name that none knows
    BufferedImage image = reader.read(opaque, layout, time);
    int shade = encoded[transparency + 9] & (1 << encoded[BITS_AT]) - 1;
    return new BufferedImage(
        transparent((IndexColorModel) image.getColorModel(), shade),
        image.getRaster(),
        false,
        null);
  }

  /** Returns where the first chunk of this type before the picture starts, or -1. */
  private static int find(int type, byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded).position(SIGNATURE_BYTES);
    while (bytes.getInt(bytes.position() + 4) != IDAT) {
      if (bytes.getInt(bytes.position() + 4) == type) {
        return bytes.position();
      }
      bytes.position(bytes.position() + 12 + bytes.getInt(bytes.position()));
    }
    return -1;
  }

  private static IndexColorModel transparent(IndexColorModel shades, int shade) {
    int[] argb = new int[shades.getMapSize()];
    shades.getRGBs(argb);
    return new IndexColorModel(
        shades.getPixelSize(), argb.length, argb, 0, false, shade, shades.getTransferType());
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
    byte colourType = bytes.get(COLOUR_TYPE_AT);
    boolean grey = colourType == GREY || colourType == GREY_WITH_ALPHA;
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
      } else if (type == ICCP && !pictured && !grey && colours.isEmpty()) {
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
