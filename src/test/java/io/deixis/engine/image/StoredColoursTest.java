package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that say in an unusual way what their samples mean. */
class StoredColoursTest {

  private static final int[] TIFF_TAGS = {256, 257, 258, 259, 262, 273, 277, 278, 279, 338};

  private final ImageDecoder decoder = new ImageDecoder(1 << 20, 1_000_000);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void composesTheTransparentShadeOfAGreyPngOnWhite(int bits) throws IOException {
    int first = bits == 1 ? 0 : 1;
    int most = (1 << bits) - 1;
    ByteBuffer row = ByteBuffer.allocate(5).put((byte) 0); // no filter
    if (bits < 8) {
      row.put((byte) (first << 8 - bits | most << 8 - 2 * bits));
    } else if (bits == 8) {
      row.put((byte) first).put((byte) most);
    } else {
      row.putShort((short) first).putShort((short) most);
    }

    for (int transparent : new int[] {first, most}) {
      byte[] shade = new byte[] {(byte) (transparent >> 8), (byte) transparent};
      byte[] png = png(bits, 0, TestPictures.pngChunk("tRNS", shade), row.array());

      byte firstSeen = (byte) (transparent == first ? 255 : Math.round(first * 255f / most));
      assertThat(decoder.decode(png).rgb())
          .containsExactly(firstSeen, firstSeen, firstSeen, -1, -1, -1);
    }
  }

  @Test
  void ignoresAProfileOfRgbInAGreyPng() throws IOException {
    byte[] icc = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] profile =
        TestPictures.pngChunk(
            "iCCP", HostilePng.join("p\0\0".getBytes(StandardCharsets.US_ASCII), deflated(icc)));
    byte[] row = {0, 100, 50};

    assertThat(decoder.decode(png(8, 0, profile, row)).rgb())
        .containsExactly(100, 100, 100, 50, 50, 50);
  }

  @ParameterizedTest
  @CsvSource({"0, 60", "1, 187", "2, 157"})
  void theFurtherSampleOfATiffIsWhatItsTagSays(int further, int seen) {
    for (int bytes = 1; bytes <= 2; bytes++) {
      // A value of 60 under an opacity of 128: multiplied with it, or still to be.
      byte expected = (byte) seen;
      assertThat(decoder.decode(tiff(8 * bytes, 2, further, 60, 60, 60, 128)).rgb())
          .as("RGB, %d bytes", bytes)
          .containsExactly(expected, expected, expected);
      assertThat(decoder.decode(tiff(8 * bytes, 1, further, 60, 128)).rgb())
          .as("grey, %d bytes", bytes)
          .containsExactly(expected, expected, expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 7, 9, 10, 12, 14})
  void refusesATiffOfOtherBitsThatWouldBecomeDark(int bits) {
    assertUnsupported(tiff(bits, 1, 0, 60), "8 or 16 bits a sample");
  }

  @Test
  void coloursOfAJfifAreYcbcrWhateverAnEditorsSegmentSays() {
    byte[] rgb =
        HostileJpeg.segment(0xEE, "Adobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));

    byte[] jpeg = TestPictures.insert(TestPictures.jpeg(), 20, rgb);

    assertThat(TestPictures.quarters(decoder.decode(jpeg))).isEqualTo(TestPictures.UPRIGHT);
  }

  @ParameterizedTest
  @CsvSource({"0xC1, 12", "0xC3, 16", "0xC9, 8", "0xCA, 8", "0xC5, 8"})
  void saysWhichJpegsAreNotRead(int frame, byte bits) {
    byte[] jpeg = TestPictures.jpeg();
    int at = 20;
    while ((jpeg[at + 1] & 0xFF) != 0xC0) {
      at += 2 + ByteBuffer.wrap(jpeg).getShort(at + 2);
    }
    jpeg[at + 1] = (byte) frame;
    jpeg[at + 4] = bits;

    assertUnsupported(jpeg, "8 bits a sample and Huffman coding");
  }

  private void assertUnsupported(byte[] encoded, String remedy) {
    assertThatThrownBy(() -> decoder.decode(encoded))
        .hasMessageContaining(remedy)
        .isInstanceOfSatisfying(
            GroundingException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_UNSUPPORTED));
  }

  /** Returns a picture of two pixels. */
  private static byte[] png(int bits, int type, byte[] before, byte[] row) throws IOException {
    return HostilePng.join(
        HostileHeaders.pngHeader(2, 1, bits, type, 0),
        before,
        TestPictures.pngChunk("IDAT", deflated(row)),
        TestPictures.pngChunk("IEND", new byte[0]));
  }

  private static byte[] deflated(byte[] bytes) throws IOException {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
      out.write(bytes);
    }
    return deflated.toByteArray();
  }

  /** Returns a picture of one pixel. */
  private static byte[] tiff(int bits, int colours, int further, int... samples) {
    int count = samples.length;
    int at = 8 + 2 + 12 * TIFF_TAGS.length + 4;
    int bitsAt = at + 2 * count;
    ByteBuffer tiff = ByteBuffer.allocate(bitsAt + 2 * count).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    tiff.putShort((short) TIFF_TAGS.length);
    int[] values = {1, 1, bits, 1, colours, at, count, 1, (bits + 7) / 8 * count, further};
    for (int i = 0; i < TIFF_TAGS.length; i++) {
      int bitsOfEach = TIFF_TAGS[i] == 258 ? count : 1;
      tiff.putShort((short) TIFF_TAGS[i]).putShort((short) 3).putInt(bitsOfEach);
      tiff.putInt(bitsOfEach > 2 ? bitsAt : bitsOfEach == 2 ? values[i] * 0x10001 : values[i]);
    }
    tiff.putInt(0);
    for (int sample : samples) {
      if (bits > 8) {
        tiff.putShort((short) (sample * 257));
      } else {
        tiff.put((byte) sample);
      }
    }
    tiff.position(bitsAt);
    for (int i = 0; i < count; i++) {
      tiff.putShort((short) bits);
    }
    return tiff.array();
  }
}
