package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were cut, damaged or made to mislead. */
class DamagedImageTest {

  private static final int FLIPS = 400;

  private final ImageDecoder decoder = new ImageDecoder(1 << 20, 1_000_000);

  static Stream<Arguments> pictures() {
    return TestPictures.all().entrySet().stream()
        .map(picture -> Arguments.of(picture.getKey(), picture.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void refusesEveryCut(String name, byte[] encoded) {
    for (int sixteenths = 1; sixteenths < 16; sixteenths++) {
      byte[] cut = Arrays.copyOf(encoded, encoded.length * sixteenths / 16);

      assertThat(reason(cut))
          .as("%s cut to %d of %d bytes", name, cut.length, encoded.length)
          .isIn(Reason.IMAGE_BROKEN, Reason.IMAGE_UNSUPPORTED);
    }
    assertThat(reason(Arrays.copyOf(encoded, encoded.length - 1)))
        .as("%s without its last byte", name)
        .isEqualTo(Reason.IMAGE_BROKEN);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void survivesFlippedBits(String name, byte[] encoded) {
    Random random = new Random(20240607);
    for (int i = 0; i < FLIPS; i++) {
      byte[] flipped = encoded.clone();
      int bit = random.nextInt(8 * flipped.length);
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      Throwable thrown = catchThrowable(() -> decoder.decode(flipped));

      if (thrown != null) {
        assertThat(thrown)
            .as("%s with bit %d flipped", name, bit)
            .isInstanceOf(GroundingException.class);
      }
    }
  }

  @Test
  void refusesDeclaredPixelsBeforeDecoding() {
    assertThat(reason(pngHeader(60_000, 60_000))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(jpegOf(60_000, 60_000))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(gifOf(60_000, 60_000))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(bmpOf(60_000, 60_000))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(bmpOf(60_000, -60_000))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(webpCanvas(60_000, 60_000))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(lossyWebpOf(16_000, 16_000))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
  }

  @Test
  void refusesSizesThatOverflow() {
    assertThat(reason(pngHeader(-1, -1))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(pngHeader(65_536, 65_536))).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(bmpOf(Integer.MAX_VALUE, Integer.MIN_VALUE)))
        .isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
  }

  @Test
  void refusesEmptySides() {
    assertThat(reason(pngHeader(0, 10))).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(jpegOf(10, 0))).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(bmpOf(0, 10))).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(bmpOf(-10, 10))).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(lossyWebpOf(0, 10))).isEqualTo(Reason.IMAGE_BROKEN);
  }

  @Test
  void refusesMoreRowsThanThereIsData() {
    int twice = 2 * TestPictures.HEIGHT;
    byte[] png = TestPictures.png();
    System.arraycopy(pngHeader(TestPictures.WIDTH, twice), 0, png, 0, 29);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());

    assertThat(reason(png)).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(jpegOf(TestPictures.WIDTH, twice))).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(bmpOf(TestPictures.WIDTH, twice))).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(gifFrameOf(TestPictures.WIDTH, twice))).isEqualTo(Reason.IMAGE_BROKEN);
  }

  @Test
  void refusesAWebpPictureLargerThanItsCanvas() {
    byte[] webp = TestPictures.resource("quarter-turn.webp");
    webp[24] = 9; // canvas width less one

    assertThat(reason(webp)).isEqualTo(Reason.IMAGE_BROKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossy.webp", "lossless.webp"})
  void refusesAWebpPictureThatEndsInsideAWholeFile(String name) {
    byte[] webp = TestPictures.resource(name);
    byte[] cut = Arrays.copyOf(webp, webp.length / 2 & ~1);
    little(cut).putInt(4, cut.length - 8).putInt(16, cut.length - 20);

    assertThat(reason(cut)).isEqualTo(Reason.IMAGE_BROKEN);
  }

  @Test
  void refusesAPngWithoutPicture() {
    byte[] start = pngHeader(10, 10);
    byte[] end = TestPictures.pngChunk("IEND", new byte[0]);

    assertThat(reason(TestPictures.insert(start, start.length, end)))
        .isEqualTo(Reason.IMAGE_BROKEN);
  }

  @Test
  void refusesScansThatGoOverALargePictureTooOften() {
    ImageDecoder large = new ImageDecoder(1 << 20, 25_000_000);

    assertThatThrownBy(() -> large.decode(HostileJpeg.progressive(5_000, 5_000, 40)))
        .hasMessageContaining("more scans than a picture of its size needs");
    assertThat(reason(HostileJpeg.progressive(48, 32, 40))).isNull();
  }

  @Test
  void countsTheTablesOfALosslessWebpByWhatItsPixelsNeed() throws Exception {
    byte[] webp = new byte[1 << 20];
    byte[] lossless = TestPictures.resource("lossless.webp");
    System.arraycopy(lossless, 0, webp, 0, lossless.length);
    little(webp).putInt(4, webp.length - 8).putInt(16, webp.length - 20);

    ImageLayout layout = new WebpContainer().read(ByteBuffer.wrap(webp), new PixelLimit(1_000_000));

    assertThat(layout.tableBytes()).isLessThan(WebpContainer.MOST_TABLE_BYTES / 100);
  }

  @Test
  void refusesATiffByWhatItsDirectorySays() {
    byte[] tiff = TestPictures.all().get("rgb.tif");

    assertThat(reason(HostileTiff.withTag(HostileTiff.withTag(tiff, 256, 65_535), 257, 65_535)))
        .isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS);
    assertThat(reason(HostileTiff.withTag(tiff, 258, 32))).isEqualTo(Reason.IMAGE_UNSUPPORTED);
    assertThat(reason(HostileTiff.withTag(tiff, 259, 34_925))) // LZMA
        .isEqualTo(Reason.IMAGE_UNSUPPORTED);
    assertThat(reason(HostileTiff.withTag(tiff, 277, 200))).isEqualTo(Reason.IMAGE_BROKEN);
    assertThat(reason(HostileTiff.withTag(tiff, 273, tiff.length))).isEqualTo(Reason.IMAGE_BROKEN);
  }

  /** The picture itself is small; only what its JPEG says is not. */
  @Test
  void aTiffWhoseJpegDeclaresAnotherSizeIsBroken() {
    for (int side : new int[] {65_535, 16_384, 300, 0}) {
      byte[] tiff = TestPictures.all().get("JPEG.tif");
      int at = frameOfJpeg(tiff, 0);
      ByteBuffer.wrap(tiff).putShort(at + 5, (short) side).putShort(at + 7, (short) side);

      assertThat(reason(tiff)).as("%d rows and columns", side).isEqualTo(Reason.IMAGE_BROKEN);
    }
  }

  @Test
  void refusesABitmapThatWrapsAnotherFormat() {
    byte[] bmp = bmpOf(TestPictures.WIDTH, TestPictures.HEIGHT);
    bmp[30] = 4; // compression: embedded JPEG

    assertThat(reason(bmp)).isEqualTo(Reason.IMAGE_BROKEN);
  }

  /** Returns why the image is refused, or null if it is not. */
  private Reason reason(byte[] encoded) {
    Throwable thrown = catchThrowable(() -> decoder.decode(encoded));
    if (thrown == null) {
      return null;
    }
    assertThat(thrown).isInstanceOf(GroundingException.class);
    return ((GroundingException) thrown).reason();
  }

  /** Signature and header chunk alone. */
  private static byte[] pngHeader(int width, int height) {
    byte[] content =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    byte[] signature = Arrays.copyOf(TestPictures.png(), 8);
    return TestPictures.insert(signature, 8, TestPictures.pngChunk("IHDR", content));
  }

  private static byte[] jpegOf(int width, int height) {
    byte[] jpeg = TestPictures.jpeg();
    int at = frameOfJpeg(jpeg, 2);
    ByteBuffer.wrap(jpeg).putShort(at + 5, (short) height).putShort(at + 7, (short) width);
    return jpeg;
  }

  /** Returns where the frame of a baseline JPEG begins: its marker, length, precision, and size. */
  private static int frameOfJpeg(byte[] bytes, int from) {
    int at = from;
    while ((bytes[at] & 0xFF) != 0xFF || (bytes[at + 1] & 0xFF) != 0xC0) {
      at++;
    }
    return at;
  }

  private static byte[] gifOf(int width, int height) {
    byte[] gif = TestPictures.gif();
    little(gif).putShort(6, (short) width).putShort(8, (short) height);
    return gif;
  }

  private static byte[] gifFrameOf(int width, int height) {
    byte[] gif = gifOf(width, height);
    byte[] descriptor = {0x2C, 0, 0, 0, 0, TestPictures.WIDTH, 0, TestPictures.HEIGHT, 0};
    String text = new String(gif, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(new String(descriptor, StandardCharsets.ISO_8859_1));
    little(gif).putShort(at + 5, (short) width).putShort(at + 7, (short) height);
    return gif;
  }

  private static byte[] bmpOf(int width, int height) {
    byte[] bmp = TestPictures.bmp();
    little(bmp).putInt(18, width).putInt(22, height);
    return bmp;
  }

  private static byte[] webpCanvas(int width, int height) {
    byte[] webp = TestPictures.resource("quarter-turn.webp");
    little(webp)
        .putShort(24, (short) (width - 1))
        .put(26, (byte) 0)
        .putShort(27, (short) (height - 1))
        .put(29, (byte) 0);
    return webp;
  }

  private static byte[] lossyWebpOf(int width, int height) {
    byte[] webp = TestPictures.resource("lossy.webp");
    little(webp).putShort(26, (short) width).putShort(28, (short) height);
    return webp;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
