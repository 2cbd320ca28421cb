package io.deixis.engine.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.IIOException;

/**
 * TIFF 6.0: the first page, of whole numbers of 1, 2, 4, 8 or 16 bits. The reader gets a file whose
 * only directory holds the tags that were checked here.
 */
final class TiffContainer implements Container {

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLOURS = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES = 277;
  private static final int STRIP_ROWS = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANES = 284;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int FURTHER_SAMPLES = 338;
  private static final int NUMBERS = 339;
  private static final int JPEG_TABLES = 347;
  private static final int PROFILE = 34675;

  /**
   * What the reader gets: also the order of bits, the options of fax, the predictor, the palette,
   * alpha, and how YCbCr is stored.
   */
  private static final Set<Integer> KEPT =
      Set.of(
          WIDTH,
          HEIGHT,
          BITS,
          COMPRESSION,
          COLOURS,
          266,
          STRIP_OFFSETS,
          SAMPLES,
          STRIP_ROWS,
          STRIP_BYTES,
          PLANES,
          292,
          293,
          317,
          320,
          TILE_WIDTH,
          TILE_HEIGHT,
          TILE_OFFSETS,
          TILE_BYTES,
          FURTHER_SAMPLES,
          NUMBERS,
          JPEG_TABLES,
          529,
          530,
          531,
          532);

  /** None, three of fax, LZW, JPEG, deflate under two numbers, PackBits. */
  private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 7L, 8L, 32946L, 32773L);

  private static final long JPEG = 7;

  /** Grey in both directions, RGB, a palette, inks, YCbCr. */
  private static final Set<Long> KNOWN_COLOURS = Set.of(0L, 1L, 2L, 3L, 5L, 6L);

  private static final Set<Long> KNOWN_BITS = Set.of(1L, 2L, 4L, 8L, 16L);

  private static final long RGB = 2;
  private static final long ASSOCIATED_ALPHA = 1;
  private static final long UNASSOCIATED_ALPHA = 2;
  private static final int SEPARATE_PLANES = 2;
  private static final int UNSIGNED = 1;
  private static final int MOST_SAMPLES = 5;
  private static final int ENTRY_BYTES = 12;

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int UNDEFINED = 7;

  private final PluginReader reader = new PluginReader(new TIFFImageReaderSpi());

  /** The values of one tag, as they stand in the file. */
  private record Entry(int type, int count, ByteBuffer values) {

    private int bytes() {
      return values.capacity();
    }

    private long at(int index) {
      return switch (type) {
        case SHORT -> Short.toUnsignedLong(values.getShort(2 * index));
        case LONG -> Integer.toUnsignedLong(values.getInt(4 * index));
        default -> Byte.toUnsignedLong(values.get(index));
      };
    }
  }

  /** A directory's tags, by number. */
  private record Directory(Map<Integer, Entry> entries) {

    private long value(int tag, long otherwise) {
      Entry entry = entries.get(tag);
      return entry == null || entry.count == 0 ? otherwise : entry.at(0);
    }
  }

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    Directory directory = directory(bytes);
    long width = directory.value(WIDTH, 0);
    long height = directory.value(HEIGHT, 0);
    limit.check(width, height);
    checkSamples(directory);
    checkPieces(bytes, directory, width, height);
    Optional<ColourProfile> colours =
        Optional.ofNullable(directory.entries.get(PROFILE))
            .filter(profile -> directory.value(COLOURS, 0) == RGB)
            .map(profile -> Container.copy(profile.values.duplicate()))
            .flatMap(ColourProfile::of);
    // A TIFF is itself what an EXIF block looks like.
    return ImageLayout.filled((int) width, (int) height, Optional.of(bytes.array())).in(colours);
  }

  private static Directory directory(ByteBuffer bytes) throws IIOException {
    bytes.order(bytes.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long at = Integer.toUnsignedLong(bytes.getInt(4));
    if (at < 8 || at + 2 > bytes.capacity()) {
      throw new IIOException("The TIFF ends before its directory");
    }
    Map<Integer, Entry> entries = new TreeMap<>();
    bytes.position((int) at);
    for (int left = Short.toUnsignedInt(bytes.getShort()); left > 0; left--) {
      ByteBuffer entry = Container.take(bytes, ENTRY_BYTES);
      int tag = Short.toUnsignedInt(entry.getShort());
      int type = Short.toUnsignedInt(entry.getShort());
      long count = Integer.toUnsignedLong(entry.getInt());
      long size =
          switch (type) {
            case BYTE, UNDEFINED -> 1;
            case SHORT -> 2;
            case LONG -> 4;
            case 5 -> 8; // RATIONAL
            default -> 0;
          };
      if (size == 0 || (!KEPT.contains(tag) && tag != PROFILE)) {
        continue;
      }
      long start =
          count * size <= 4 ? bytes.position() - 4 : Integer.toUnsignedLong(entry.getInt());
      if (start + count * size > bytes.capacity()) {
        throw new IIOException("The TIFF ends before the values of its tag " + tag);
      }
      ByteBuffer values = bytes.slice((int) start, (int) (count * size)).order(bytes.order());
      entries.putIfAbsent(tag, new Entry(type, (int) count, values));
    }
    return new Directory(entries);
  }

  private static void checkSamples(Directory directory) throws IIOException {
    long samples = directory.value(SAMPLES, 1);
    Entry bits = directory.entries.get(BITS);
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new IIOException("The TIFF has " + samples + " samples a pixel");
    }
    boolean known =
        COMPRESSIONS.contains(directory.value(COMPRESSION, 1))
            && KNOWN_COLOURS.contains(directory.value(COLOURS, -1))
            && directory.value(NUMBERS, UNSIGNED) == UNSIGNED;
    for (int i = 0; bits != null && i < bits.count; i++) {
      known &= KNOWN_BITS.contains(bits.at(i));
    }
    if (!known) {
      throw new GroundingException(
          Reason.IMAGE_UNSUPPORTED,
          ImageDecoder.FIELD,
          "This kind of TIFF is not read",
          "save it with 8 or 16 bits a sample, as grey or RGB, uncompressed or with LZW");
    }
  }

  /** Strips or tiles: as many as the picture needs, each within the file. */
  private static void checkPieces(ByteBuffer bytes, Directory directory, long width, long height)
      throws IIOException {
    boolean tiled = directory.entries.containsKey(TILE_OFFSETS);
    long pieceWidth = tiled ? directory.value(TILE_WIDTH, 0) : width;
    long pieceHeight =
        tiled
            ? directory.value(TILE_HEIGHT, 0)
            : Math.min(height, directory.value(STRIP_ROWS, height));
    // A tile may be larger than the picture, but the reader makes room for all of it.
    if (pieceWidth < 1
        || pieceHeight < 1
        || pieceWidth > width + 1024
        || pieceHeight > height + 1024) {
      throw new IIOException("The TIFF has pieces of " + pieceWidth + "x" + pieceHeight);
    }
    long planes = directory.value(PLANES, 1) == SEPARATE_PLANES ? directory.value(SAMPLES, 1) : 1;
    long pieces =
        (-Math.floorDiv(-width, pieceWidth)) * (-Math.floorDiv(-height, pieceHeight)) * planes;
    Entry offsets = directory.entries.get(tiled ? TILE_OFFSETS : STRIP_OFFSETS);
    Entry lengths = directory.entries.get(tiled ? TILE_BYTES : STRIP_BYTES);
    if (offsets == null || lengths == null || offsets.count < pieces || lengths.count < pieces) {
      throw new IIOException("The TIFF lacks some of its " + pieces + " pieces");
    }
    for (int i = 0; i < pieces; i++) {
      long start = offsets.at(i);
      long length = lengths.at(i);
      if (start + length > bytes.capacity()) {
        throw new IIOException("The TIFF ends before its last row");
      }
      if (directory.value(COMPRESSION, 1) == JPEG) {
        checkJpeg(bytes.slice((int) start, (int) length), pieceWidth, pieceHeight);
      }
    }
  }

  private static void checkJpeg(ByteBuffer jpeg, long width, long height) throws IIOException {
    ImageLayout layout = new JpegContainer().read(jpeg, PixelLimit.NONE);
    if (layout.width() > width + 16 || layout.height() > height + 16) {
      throw new IIOException("A piece of the TIFF is larger than it should be");
    }
  }

  @Override
  public BufferedImage pixels(byte[] encoded, ImageLayout layout, DecodingTime time)
      throws IOException {
    long further = directory(ByteBuffer.wrap(encoded)).value(FURTHER_SAMPLES, 0);
    return withAlpha(reader.read(firstPage(encoded), layout, time), further);
  }

  /**
   * Returns an image whose sample beyond the colours is the alpha that the file says it is. The
   * reader takes colours that are multiplied with it for others, and a sample of which the file
   * says nothing for alpha.
   */
  private static BufferedImage withAlpha(BufferedImage image, long further) {
    ColorModel colours = image.getColorModel();
    if (!(colours instanceof ComponentColorModel) || !colours.hasAlpha()) {
      return image;
    }
    boolean alpha = further == ASSOCIATED_ALPHA || further == UNASSOCIATED_ALPHA;
    boolean multiplied = further == ASSOCIATED_ALPHA;
    int bands = colours.getNumColorComponents() + (alpha ? 1 : 0);
    WritableRaster samples =
        image
            .getRaster()
            .createWritableChild(
                0,
                0,
                image.getWidth(),
                image.getHeight(),
                0,
                0,
                IntStream.range(0, bands).toArray());
    ColorModel said =
        new ComponentColorModel(
            colours.getColorSpace(),
            alpha,
            multiplied,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            colours.getTransferType());
    return new BufferedImage(said, samples, multiplied, null);
  }

  /** Returns the file with a new directory at its end, the only one that is found. */
  private static byte[] firstPage(byte[] encoded) throws IIOException {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    Map<Integer, Entry> entries = directory(bytes).entries;
    entries.remove(PROFILE);
    int start = encoded.length + encoded.length % 2;
    int values = start + 2 + ENTRY_BYTES * entries.size() + 4;
    int end = values + entries.values().stream().mapToInt(e -> e.bytes() + e.bytes() % 2).sum();
    ByteBuffer page = ByteBuffer.allocate(end).order(bytes.order());
    page.put(encoded).putInt(4, start).position(start);
    page.putShort((short) entries.size());
    for (Map.Entry<Integer, Entry> tagged : entries.entrySet()) {
      Entry entry = tagged.getValue();
      page.putShort((short) (int) tagged.getKey()).putShort((short) entry.type).putInt(entry.count);
      int at = entry.bytes() <= 4 ? page.position() : values;
      page.put(at, entry.values, 0, entry.bytes());
      page.position(page.position() + 4);
      if (at == values) {
        page.putInt(page.position() - 4, values);
        values += entry.bytes() + entry.bytes() % 2;
      }
    }
    return page.array();
  }
}
