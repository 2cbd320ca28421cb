package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.GroundingLimits;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerPhotosTest {

  private static final GroundingLimits LIMITS =
      new SmallRyeConfigBuilder()
          .addDiscoveredConverters()
          .withMapping(GroundingLimits.class)
          .build()
          .getConfigMapping(GroundingLimits.class);

  private final ImageDecoder decoder = new ImageDecoder(LIMITS.imageBytes(), LIMITS.imagePixels());
  private final TrainerPhotos photos = new TrainerPhotos(LIMITS);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void aTurnedJpegIsTheSamePictureForThoseWhoIgnoreExif(int orientation) throws IOException {
    byte[] turned = TestPictures.jpegWithExif(TestPictures.exif(orientation));
    UprightImage seen = decoder.decode(turned);

    byte[] file = photos.file(turned);

    assertThat(ImageFormat.of(file)).contains(ImageFormat.JPEG);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file)); // knows nothing of EXIF
    assertThat(read.getWidth()).isEqualTo(seen.width());
    assertThat(read.getHeight()).isEqualTo(seen.height());
    assertThat(TestPictures.quarters(decoder.decode(file))).isEqualTo(TestPictures.quarters(seen));
  }

  @Test
  void anUprightJpegIsCopiedAsItIs() {
    byte[] plain = TestPictures.jpeg();
    byte[] marked = TestPictures.jpegWithExif(TestPictures.exif(1));

    assertThat(photos.file(plain)).isSameAs(plain);
    assertThat(photos.file(marked)).isSameAs(marked);
    assertThat(TrainerPhotos.name("a/photo.JPG")).isEqualTo("a/photo.JPG");
  }

  @Test
  void aGifBecomesAPng() {
    byte[] file = photos.file(TestPictures.gif());

    assertThat(ImageFormat.of(file)).contains(ImageFormat.PNG);
    assertThat(decoder.decode(file))
        .usingRecursiveComparison()
        .isEqualTo(decoder.decode(TestPictures.gif()));
    assertThat(TrainerPhotos.name("a/photo.Gif")).isEqualTo("a/photo.Gif.png");
  }
}
