package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Drawn pictures that libwebp's {@code cwebp} encoded, and what its {@code dwebp} reads in them.
 */
class WebpContainerTest {

  private final ImageDecoder decoder = new ImageDecoder(1 << 20, 1_000_000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drawn-lossy",
        "drawn-lossy-filtered",
        "drawn-lossy-alpha",
        "drawn-lossy-raw-alpha",
        "drawn-lossless",
        "drawn-lossless-alpha"
      })
  void readsTheSamePixelsAsLibwebp(String name) {
    UprightImage image = decoder.decode(TestPictures.resource(name + ".webp"));
    UprightImage expected = decoder.decode(TestPictures.resource(name + ".png"));

    assertThat(image.width()).isEqualTo(96);
    assertThat(image.height()).isEqualTo(64);
    assertThat(image.rgb()).isEqualTo(expected.rgb());
  }

  @ParameterizedTest
  @ValueSource(strings = {"drawn-lossy-alpha", "drawn-lossless-alpha"})
  void readsTheFirstFrameOfAnAnimationWithItsAlpha(String name) {
    byte[] still = TestPictures.resource(name + ".webp");
    int chunks = new String(still, 12, 4).equals("VP8X") ? 30 : 12;
    byte[] frame =
        HostilePng.join(
            new byte[] {0, 0, 0, 0, 0, 0, 95, 0, 0, 63, 0, 0, 100, 0, 0, 0},
            Arrays.copyOfRange(still, chunks, still.length));
    byte[] animation =
        HostileWebp.riff(
            HostileWebp.extended(0x12, 96, 64),
            HostileWebp.chunk("ANIM", new byte[6]),
            HostileWebp.chunk("ANMF", frame),
            HostileWebp.chunk("ANMF", frame));

    assertThat(decoder.decode(animation).rgb())
        .isEqualTo(decoder.decode(TestPictures.resource(name + ".png")).rgb());
  }
}
