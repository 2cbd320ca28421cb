package io.deixis.engine.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Small encoded pictures of 48x32 pixels in four quarters: red, green over blue, black. The letters
 * of {@link #quarters} name what is seen of them.
 */
final class TestPictures {

  static final int WIDTH = 48;
  static final int HEIGHT = 32;

  /** The quarters of an upright picture. */
  static final String UPRIGHT = "RG/BK";

  private static final int[] QUARTERS = {0xFF0000, 0x00FF00, 0x0000FF, 0x000000};

  private TestPictures() {}

  /** Draws the picture into a buffer of a {@code BufferedImage} type. */
  static BufferedImage draw(int type) {
    return draw(new BufferedImage(WIDTH, HEIGHT, type));
  }

  private static BufferedImage draw(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < QUARTERS.length; i++) {
      graphics.setColor(new Color(QUARTERS[i]));
      graphics.fillRect(i % 2 * WIDTH / 2, i / 2 * HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
    }
    graphics.dispose();
    return image;
  }

  /** RGB with 16 bits a sample. */
  static BufferedImage draw16Bit() {
    ColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colours.createCompatibleWritableRaster(WIDTH, HEIGHT);
    return draw(new BufferedImage(colours, raster, false, null));
  }

  static byte[] jpeg() {
    return encode("jpg", draw(BufferedImage.TYPE_3BYTE_BGR));
  }

  static byte[] png() {
    return encode("png", draw(BufferedImage.TYPE_3BYTE_BGR));
  }

  static byte[] gif() {
    return encode("gif", draw(BufferedImage.TYPE_BYTE_INDEXED));
  }

  static byte[] bmp() {
    return encode("bmp", draw(BufferedImage.TYPE_3BYTE_BGR));
  }

  /** One or more of every format, all showing {@link #UPRIGHT} in 48x32 pixels. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("baseline.jpg", jpeg());
    all.put(
        "progressive.jpg",
        encode("jpg", draw(BufferedImage.TYPE_3BYTE_BGR), TestPictures::progressive));
    all.put("cmyk.jpg", fourBandJpeg(false));
    all.put("ycck.jpg", fourBandJpeg(true));
    all.put("rgb.png", png());
    all.put(
        "interlaced.png",
        encode("png", draw(BufferedImage.TYPE_3BYTE_BGR), TestPictures::progressive));
    all.put("palette.png", encode("png", draw(BufferedImage.TYPE_BYTE_INDEXED)));
    all.put("alpha.png", encode("png", draw(BufferedImage.TYPE_4BYTE_ABGR)));
    all.put("16-bit.png", encode("png", draw16Bit()));
    all.put("palette.gif", gif());
    all.put("rgb.bmp", bmp());
    all.put("palette.bmp", encode("bmp", draw(BufferedImage.TYPE_BYTE_INDEXED)));
    all.put(
        "rle.bmp",
        encode(
            "bmp",
            draw(BufferedImage.TYPE_BYTE_INDEXED),
            param -> {
              param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
              param.setCompressionType("BI_RLE8");
            }));
    byte[] palette = all.get("palette.bmp");
    all.put("os2.bmp", os2(palette));
    all.put("palette-beside.bmp", withPalette(bmp(), 16));
    all.put("rgb.jpg", rgbJpeg());
    byte[] gif = gif();
    all.put("frames.gif", HostilePng.join(Arrays.copyOf(gif, gif.length - 1), secondFrame(gif)));
    all.put("rgb.tif", encode("tif", draw(BufferedImage.TYPE_3BYTE_BGR)));
    all.put("alpha.tif", encode("tif", draw(BufferedImage.TYPE_4BYTE_ABGR)));
    all.put("16-bit.tif", encode("tif", draw16Bit()));
    for (String compression : List.of("LZW", "Deflate", "PackBits", "JPEG")) {
      all.put(
          compression + ".tif",
          encode(
              "tif",
              draw(BufferedImage.TYPE_3BYTE_BGR),
              param -> {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionType(compression);
              }));
    }
    all.put("palette.tif", encode("tif", draw(BufferedImage.TYPE_BYTE_INDEXED)));
    all.put("lossy.webp", resource("lossy.webp"));
    all.put("lossless.webp", resource("lossless.webp"));
    return all;
  }

  /** The same picture again, after the first: from the frame's descriptor to the end mark. */
  private static byte[] secondFrame(byte[] gif) {
    return Arrays.copyOfRange(gif, HostileHeaders.gifFrameAt(gif), gif.length);
  }

  /** A bitmap with the second header of OS/2, 64 bytes. */
  private static byte[] os2(byte[] bmp) {
    byte[] os2 = insert(bmp, 54, new byte[24]);
    ByteBuffer header = HostileHeaders.little(os2);
    return header.putInt(2, os2.length).putInt(10, header.getInt(10) + 24).putInt(14, 64).array();
  }

  /** A bitmap with a palette that its pixels do not use. */
  private static byte[] withPalette(byte[] bmp, int colours) {
    byte[] beside = insert(bmp, 54, new byte[4 * colours]);
    ByteBuffer header = HostileHeaders.little(beside);
    return header
        .putInt(2, beside.length)
        .putInt(10, header.getInt(10) + 4 * colours)
        .putInt(46, colours)
        .array();
  }

  /** A JPEG without any header of an application, whose components are named R, G and B. */
  static byte[] rgbJpeg() {
    BufferedImage picture = draw(BufferedImage.TYPE_INT_RGB);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 3, null);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int rgb = picture.getRGB(x, y);
        raster.setPixel(x, y, new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF});
      }
    }
    byte[] jpeg = encode("jpg", new IIOImage(raster, null, null), param -> {});
    for (int at = 2; ; ) {
      int marker = jpeg[at + 1] & 0xFF;
      for (int i = 0; i < 3; i++) {
        if (marker == 0xC0) {
          jpeg[at + 10 + 3 * i] = (byte) "RGB".charAt(i);
        } else if (marker == 0xDA) {
          jpeg[at + 5 + 2 * i] = (byte) "RGB".charAt(i);
        }
      }
      if (marker == 0xDA) {
        break;
      }
      at += 2 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(at + 2));
    }
    return jpeg;
  }

  private static void progressive(ImageWriteParam param) {
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
  }

  static byte[] encode(String format, BufferedImage image) {
    return encode(format, image, param -> {});
  }

  static byte[] encode(String format, BufferedImage image, Consumer<ImageWriteParam> settings) {
    return encode(format, new IIOImage(image, null, null), settings);
  }

  private static byte[] encode(String format, IIOImage image, Consumer<ImageWriteParam> settings) {
    // The JDK's own: others write fewer kinds.
    Iterable<ImageWriter> writers =
        () ->
            ImageIO.getImageWriters(
                ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_3BYTE_BGR),
                format);
    ImageWriter writer =
        StreamSupport.stream(writers.spliterator(), false)
            .filter(each -> each.getClass().getModule().isNamed())
            .findFirst()
            .orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      ImageWriteParam param = writer.getDefaultWriteParam();
      settings.accept(param);
      writer.write(null, image, param);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** Reads a file beside this class. */
  static byte[] resource(String name) {
    try (InputStream stream = TestPictures.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * A JPEG for print as Adobe's programs write it: either all four inks inverted (CMYK), or the
   * first three transformed as they are and only black inverted (YCCK).
   */
  private static byte[] fourBandJpeg(boolean ycck) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 4, null);
    BufferedImage picture = draw(BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int rgb = picture.getRGB(x, y) & 0xFFFFFF;
        // Pure black is printed with black ink; colours need none. Inverted ink is light.
        int light = rgb == 0 ? 0xFFFFFF : rgb;
        int[] pixel = {light >> 16 & 0xFF, light >> 8 & 0xFF, light & 0xFF, rgb == 0 ? 0 : 255};
        raster.setPixel(x, y, ycck ? toYcck(pixel) : pixel);
      }
    }
    byte[] plain = encode("jpg", new IIOImage(raster, null, null), param -> {});
    byte[] adobe = {
      (byte) 0xFF,
      (byte) 0xEE,
      0,
      14,
      'A',
      'd',
      'o',
      'b',
      'e',
      0,
      100,
      0,
      0,
      0,
      0,
      (byte) (ycck ? 2 : 0)
    };
    return insert(plain, 2, adobe);
  }

  /** The transform of ITU-T T.871, section 7, on the amounts of ink. */
  private static int[] toYcck(int[] pixel) {
    double r = 255 - pixel[0];
    double g = 255 - pixel[1];
    double b = 255 - pixel[2];
    return new int[] {
      (int) Math.round(0.299 * r + 0.587 * g + 0.114 * b),
      (int) Math.min(255, Math.round(-0.1687 * r - 0.3313 * g + 0.5 * b + 128)),
      (int) Math.min(255, Math.round(0.5 * r - 0.4187 * g - 0.0813 * b + 128)),
      pixel[3]
    };
  }

  /** An EXIF block whose one tag is the orientation. */
  static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put("MM".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) 42)
        .putInt(8) // where the directory stands
        .putShort((short) 1) // entries
        .putShort((short) 0x0112)
        .putShort((short) 3) // of type SHORT
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0) // no next directory
        .array();
  }

  static byte[] jpegWithExif(byte[] exif) {
    ByteBuffer segment =
        ByteBuffer.allocate(10 + exif.length)
            .putShort((short) 0xFFE1)
            .putShort((short) (8 + exif.length))
            .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
            .put(exif);
    return insert(jpeg(), 2, segment.array());
  }

  static byte[] pngWithExif(byte[] exif) {
    return insert(png(), 33, pngChunk("eXIf", exif));
  }

  static byte[] pngChunk(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.US_ASCII));
    crc.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  static byte[] insert(byte[] into, int at, byte[] piece) {
    return ByteBuffer.allocate(into.length + piece.length)
        .put(into, 0, at)
        .put(piece)
        .put(into, at, into.length - at)
        .array();
  }

  /** Names the colours in the middle of the quarters, row by row: {@code RG/BK} when upright. */
  static String quarters(UprightImage image) {
    int left = image.width() / 4;
    int right = image.width() * 3 / 4;
    int upper = image.height() / 4;
    int lower = image.height() * 3 / 4;
    return ""
        + letter(image, left, upper)
        + letter(image, right, upper)
        + '/'
        + letter(image, left, lower)
        + letter(image, right, lower);
  }

  /** Names a pixel's colour by which of its bands are light: R, G, B, K, W, or a question mark. */
  static char letter(UprightImage image, int x, int y) {
    int light = 0;
    for (int band = 0; band < 3; band++) {
      light = light << 1 | (value(image, x, y, band) > 127 ? 1 : 0);
    }
    return "KBG?R??W".charAt(light);
  }

  static int value(UprightImage image, int x, int y, int band) {
    return image.rgb()[3 * (y * image.width() + x) + band] & 0xFF;
  }
}
