package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {

  private final ImageDecoder decoder = new ImageDecoder(1 << 20, 1_000_000);

  static Stream<Arguments> pictures() {
    return TestPictures.all().entrySet().stream()
        .map(picture -> Arguments.of(picture.getKey(), picture.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void readsEveryFormat(String name, byte[] encoded) {
    UprightImage image = decoder.decode(encoded);

    assertThat(image.width()).isEqualTo(TestPictures.WIDTH);
    assertThat(image.height()).isEqualTo(TestPictures.HEIGHT);
    assertThat(TestPictures.quarters(image)).isEqualTo(TestPictures.UPRIGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "1, RG/BK",
    "2, GR/KB",
    "3, KB/GR",
    "4, BK/RG",
    "5, RB/GK",
    "6, BR/KG",
    "7, KG/BR",
    "8, GK/RB"
  })
  void turnsThePictureUpright(int orientation, String expected) {
    byte[] exif = TestPictures.exif(orientation);

    byte[] lossy = TestPictures.resource("lossy.webp");
    byte[] webp =
        HostileWebp.riff(
            HostileWebp.extended(0x08, TestPictures.WIDTH, TestPictures.HEIGHT),
            Arrays.copyOfRange(lossy, 12, lossy.length),
            HostileWebp.chunk("EXIF", exif));

    for (byte[] encoded :
        List.of(TestPictures.jpegWithExif(exif), TestPictures.pngWithExif(exif), webp)) {
      UprightImage image = decoder.decode(encoded);

      assertThat(TestPictures.quarters(image)).isEqualTo(expected);
      assertThat(image.width())
          .isEqualTo(orientation < 5 ? TestPictures.WIDTH : TestPictures.HEIGHT);
    }
  }

  @Test
  void turnsWebpUpright() {
    UprightImage image = decoder.decode(TestPictures.resource("quarter-turn.webp"));

    assertThat(TestPictures.quarters(image)).isEqualTo("BR/KG");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 65535})
  void ignoresAnOrientationThatDoesNotExist(int orientation) {
    UprightImage image = decoder.decode(TestPictures.jpegWithExif(TestPictures.exif(orientation)));

    assertThat(TestPictures.quarters(image)).isEqualTo(TestPictures.UPRIGHT);
  }

  @Test
  void ignoresDamagedMetadata() {
    byte[] noise = "MM and then nothing of use".getBytes(StandardCharsets.US_ASCII);

    UprightImage image = decoder.decode(TestPictures.jpegWithExif(noise));

    assertThat(TestPictures.quarters(image)).isEqualTo(TestPictures.UPRIGHT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "bmp"})
  void keepsGreyAsStored(String format) {
    BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 256; i++) {
      picture.getRaster().setSample(i % 16, i / 16, 0, 100);
    }

    UprightImage image = decoder.decode(TestPictures.encode(format, picture));

    assertThat(TestPictures.value(image, 8, 8, 0)).isEqualTo(100);
    assertThat(TestPictures.value(image, 8, 8, 2)).isEqualTo(100);
  }

  @Test
  void scales16BitGreyTo8() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    picture.getRaster().setSample(0, 0, 0, 65535);
    picture.getRaster().setSample(1, 0, 0, 100 * 257);

    UprightImage image = decoder.decode(TestPictures.encode("png", picture));

    assertThat(image.rgb()).containsExactly(-1, -1, -1, 100, 100, 100);
  }

  @Test
  void composesAlphaOnWhite() {
    BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_4BYTE_ABGR);
    picture.setRGB(0, 0, 0x00FF0000); // clear
    picture.setRGB(1, 0, 0x80000000); // half black
    picture.setRGB(2, 0, 0xFF0000FF); // solid blue

    UprightImage image = decoder.decode(TestPictures.encode("png", picture));

    assertThat(image.rgb()).containsExactly(-1, -1, -1, 127, 127, 127, 0, 0, -1);
  }

  @Test
  void composesTransparentWebpOnWhite() {
    UprightImage image = decoder.decode(TestPictures.resource("alpha.webp"));

    assertThat(TestPictures.quarters(image)).isEqualTo("RG/BW");
  }

  @Test
  void placesAGifsFirstFrameOnItsCanvas() {
    byte[] gif = TestPictures.gif();
    int descriptor = indexOfFrame(gif);
    gif[6] = 64; // canvas of 64x48
    gif[8] = 48;
    gif[descriptor + 1] = 16; // frame at (16, 8)
    gif[descriptor + 3] = 8;

    UprightImage image = decoder.decode(gif);

    assertThat(image.width()).isEqualTo(64);
    assertThat(image.height()).isEqualTo(48);
    assertThat(TestPictures.letter(image, 15, 20)).isEqualTo('W');
    assertThat(TestPictures.letter(image, 20, 7)).isEqualTo('W');
    assertThat(TestPictures.letter(image, 16, 8)).isEqualTo('R');
    assertThat(TestPictures.letter(image, 63, 8)).isEqualTo('G');
    assertThat(TestPictures.letter(image, 63, 39)).isEqualTo('K');
    assertThat(TestPictures.letter(image, 63, 40)).isEqualTo('W');
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\0\0\0;", "GIF89a and all over again", "what is this"})
  void readsAGifWhateverFollowsItsFirstPicture(String rest) {
    byte[] gif = TestPictures.gif();

    UprightImage image =
        decoder.decode(HostilePng.join(Arrays.copyOf(gif, gif.length - 1), latin(rest)));

    assertThat(TestPictures.quarters(image)).isEqualTo(TestPictures.UPRIGHT);
  }

  @Test
  void readsAGifThatClearsItsCodesAgainAndAgain() {
    // Codes of 3 bits: clear, clear, 1, clear, clear, clear, 0, 1, end.
    int codes = 0;
    int[] values = {4, 4, 1, 4, 4, 4, 0, 1, 5};
    for (int i = 0; i < values.length; i++) {
      codes |= values[i] << 3 * i;
    }
    byte[] gif =
        HostilePng.join(
            latin("GIF89a\3\0\1\0\u0080\0\0\0\0\0\377\377\377"), // black and white
            latin(",\0\0\0\0\3\0\1\0\0\2\4"),
            new byte[] {
              (byte) codes, (byte) (codes >> 8), (byte) (codes >> 16), (byte) (codes >> 24)
            },
            latin("\0;"));

    assertThat(decoder.decode(gif).rgb()).containsExactly(-1, -1, -1, 0, 0, 0, -1, -1, -1);
  }

  @Test
  void growsAGifsCanvasToItsFirstFrame() {
    byte[] gif = TestPictures.gif();
    gif[6] = 0;
    gif[8] = 0;

    assertThat(TestPictures.quarters(decoder.decode(gif))).isEqualTo(TestPictures.UPRIGHT);
  }

  @Test
  void placesAnAnimatedWebpsFirstFrameOnItsCanvas() {
    UprightImage image = decoder.decode(TestPictures.resource("animated.webp"));

    assertThat(image.width()).isEqualTo(56);
    assertThat(image.height()).isEqualTo(36);
    assertThat(TestPictures.letter(image, 7, 20)).isEqualTo('W');
    assertThat(TestPictures.letter(image, 8, 4)).isEqualTo('R');
    assertThat(TestPictures.letter(image, 55, 35)).isEqualTo('K');
  }

  @Test
  void turnsTheColoursOfAProfileIntoSrgb() throws IOException {
    byte[] profile = redAndGreenSwapped();
    byte[] segment =
        HostileJpeg.segment(0xE2, HostilePng.join(latin("ICC_PROFILE\0\1\1"), profile));
    byte[] chunk =
        TestPictures.pngChunk("iCCP", HostilePng.join(latin("p\0\0"), deflated(profile)));
    byte[] webp = TestPictures.resource("lossless.webp");
    byte[] picture = Arrays.copyOfRange(webp, 12, webp.length);

    for (byte[] encoded :
        List.of(
            TestPictures.insert(TestPictures.jpeg(), 20, segment),
            TestPictures.insert(TestPictures.rgbJpeg(), 2, segment),
            TestPictures.insert(TestPictures.png(), 33, chunk),
            TestPictures.insert(TestPictures.all().get("palette.png"), 33, chunk),
            TestPictures.insert(TestPictures.all().get("interlaced.png"), 33, chunk),
            HostileWebp.riff(
                HostileWebp.extended(0x20, TestPictures.WIDTH, TestPictures.HEIGHT),
                HostileWebp.chunk("ICCP", profile),
                picture))) {
      assertThat(TestPictures.quarters(decoder.decode(encoded))).isEqualTo("GR/BK");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "ycck.jpg"})
  void ignoresAProfileOfRgbInAPictureOfInks(String name) throws IOException {
    byte[] segment =
        HostileJpeg.segment(
            0xE2, HostilePng.join(latin("ICC_PROFILE\0\1\1"), redAndGreenSwapped()));

    UprightImage image =
        decoder.decode(TestPictures.insert(TestPictures.all().get(name), 2, segment));

    assertThat(TestPictures.quarters(image)).isEqualTo(TestPictures.UPRIGHT);
  }

  @Test
  void ignoresADamagedProfile() throws IOException {
    byte[] profile = redAndGreenSwapped();
    Arrays.fill(profile, 128, 200, (byte) 0xFF);
    byte[] chunk =
        TestPictures.pngChunk("iCCP", HostilePng.join(latin("p\0\0"), deflated(profile)));

    UprightImage image = decoder.decode(TestPictures.insert(TestPictures.png(), 33, chunk));

    assertThat(TestPictures.quarters(image)).isEqualTo(TestPictures.UPRIGHT);
  }

  @Test
  void composesATransparentPaletteOnWhite() {
    byte[] png = TestPictures.all().get("palette.png");
    int picture = new String(png, StandardCharsets.ISO_8859_1).indexOf("IDAT") - 4;
    byte[] clear = TestPictures.pngChunk("tRNS", new byte[256]);

    UprightImage image = decoder.decode(TestPictures.insert(png, picture, clear));

    assertThat(TestPictures.quarters(image)).isEqualTo("WW/WW");
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    ImageDecoder hurried = new ImageDecoder(1 << 20, 1_000_000, Duration.ZERO);

    TestPictures.all()
        .forEach(
            (name, encoded) ->
                assertThatThrownBy(() -> hurried.decode(encoded))
                    .as(name)
                    .isInstanceOfSatisfying(
                        GroundingException.class,
                        e -> {
                          assertThat(e.reason()).isEqualTo(Reason.IMAGE_BROKEN);
                          assertThat(e.getMessage()).contains("to decode");
                        }));
  }

  @Test
  void givesUpWhenTheCallersTimeIsOver() {
    RequestContext late = RequestContext.NONE.within(Deadline.after(Duration.ZERO));

    TestPictures.all()
        .forEach(
            (name, encoded) ->
                assertThatThrownBy(() -> decoder.decode(encoded, late))
                    .as(name)
                    .isInstanceOfSatisfying(
                        GroundingException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.DEADLINE_EXCEEDED)));
  }

  @Test
  void decodesASmallImageWhileLargeOnesTakeAllTheirMemory() {
    try (DecodingMemory.Share all = decoder.large.take(Long.MAX_VALUE, RequestContext.NONE)) {
      for (byte[] encoded : TestPictures.all().values()) {
        assertThat(decoder.decode(encoded).width()).isEqualTo(TestPictures.WIDTH);
      }
    }
  }

  @Test
  void givesUpWhenInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> decoder.decode(TestPictures.png()))
          .isInstanceOf(GroundingException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void refusesWhatDoesNotFitIntoMemory() {
    ImageDecoder generous = new ImageDecoder(1 << 20, 300_000_000);
    byte[] header = HostileHeaders.pngHeader(16_383, 16_383, 16, 6, 0); // 2.1 GB of samples
    byte[] png =
        HostilePng.join(
            header,
            TestPictures.pngChunk("IDAT", HostilePng.zeros(1 << 20)),
            TestPictures.pngChunk("IEND", new byte[0]));

    assertThatThrownBy(() -> generous.decode(png))
        .isInstanceOfSatisfying(
            GroundingException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_TOO_MANY_PIXELS));
  }

  @Test
  void refusesNothing() {
    assertRefused(null, Reason.IMAGE_MISSING);
    assertRefused(new byte[0], Reason.IMAGE_MISSING);
  }

  @Test
  void refusesTooManyBytes() {
    ImageDecoder small = new ImageDecoder(TestPictures.png().length - 1, 1_000_000);

    assertThatThrownBy(() -> small.decode(TestPictures.png()))
        .isInstanceOfSatisfying(
            GroundingException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_TOO_MANY_BYTES));
  }

  @Test
  void allowsExactlyTheLimits() {
    ImageDecoder exact =
        new ImageDecoder(
            TestPictures.png().length, (long) TestPictures.WIDTH * TestPictures.HEIGHT);

    assertThat(exact.decode(TestPictures.png()).width()).isEqualTo(TestPictures.WIDTH);
  }

  @Test
  void refusesOtherContent() {
    assertRefused(new byte[] {1}, Reason.IMAGE_UNSUPPORTED);
    assertRefused("%PDF-1.7".getBytes(StandardCharsets.US_ASCII), Reason.IMAGE_UNSUPPORTED);
    assertRefused("<svg xmlns='a'/>".getBytes(StandardCharsets.US_ASCII), Reason.IMAGE_UNSUPPORTED);
    assertRefused(
        "BM is how this long text starts, no bitmap".getBytes(StandardCharsets.US_ASCII),
        Reason.IMAGE_UNSUPPORTED);
    assertRefused(
        "RIFF\0\0\0\0WAVEfmt ".getBytes(StandardCharsets.US_ASCII), Reason.IMAGE_UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({
    "ftypheic, HEIC",
    "ftypheix, HEIC",
    "ftypmif1....mif1heic, HEIC",
    "ftypmif1....mif1avif, AVIF",
    "ftypavif, AVIF",
    "ftypavis, AVIF"
  })
  void saysHowToConvertWhatItDoesNotRead(String start, String name) {
    byte[] photo = latin("\0\0\0\40" + start + "....mif1miafMA1B\0\0\0\0meta");

    assertRefused(photo, Reason.IMAGE_UNSUPPORTED);
    assertThatThrownBy(() -> decoder.decode(photo))
        .hasMessageStartingWith(
            "The photo is in " + name + ", which is not read here; convert it to JPEG");
  }

  private void assertRefused(byte[] encoded, Reason reason) {
    assertThatThrownBy(() -> decoder.decode(encoded))
        .isInstanceOfSatisfying(
            GroundingException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.field()).contains("image");
            });
  }

  private static int indexOfFrame(byte[] gif) {
    int at = 13 + (3 << ((gif[10] & 7) + 1));
    while (gif[at] != 0x2C) {
      at += 2;
      while (gif[at] != 0) {
        at += 1 + (gif[at] & 0xFF);
      }
      at++;
    }
    return at;
  }

  /** The profile of sRGB with its red and green primaries exchanged. */
  private static byte[] redAndGreenSwapped() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    ByteBuffer table = ByteBuffer.wrap(profile);
    int red = 0;
    int green = 0;
    for (int entry = 132; entry < 132 + 12 * table.getInt(128); entry += 12) {
      red = table.getInt(entry) == ICC_Profile.icSigRedColorantTag ? entry : red;
      green = table.getInt(entry) == ICC_Profile.icSigGreenColorantTag ? entry : green;
    }
    int redAt = table.getInt(red + 4);
    table.putInt(red + 4, table.getInt(green + 4)).putInt(green + 4, redAt);
    return profile;
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
