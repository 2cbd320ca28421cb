package io.deixis.engine.image;

import io.deixis.grounding.GroundingLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Photos as trainers of detectors read them. Many of these (torchvision's readers of COCO and VOC)
 * take no notice of EXIF, and would see a turned photo beside boxes of the upright one; Ultralytics
 * passes over GIF. So a JPEG that its EXIF turns is written upright, and a GIF as PNG.
 */
@ApplicationScoped
public class TrainerPhotos {

  /** Hardly to be told from the original. */
  private static final float QUALITY = 0.95f;

  private static final String GIF = ".gif";
  private static final String PNG = "png";

  private final ImageDecoder decoder;
  private final PixelLimit limit;

  /** Creates it for photos within the limits. */
  public TrainerPhotos(GroundingLimits limits) {
    this.decoder = new ImageDecoder(limits.imageBytes(), limits.imagePixels());
    this.limit = new PixelLimit(limits.imagePixels());
  }

  /** Returns the name of the photo called {@code name}: that of a GIF also ends as a PNG's does. */
  public static String name(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(GIF) ? name + "." + PNG : name;
  }

  /**
   * Returns the file of a photo.
   *
   * @param photo a file that was decoded before
   * @return the same bytes, unless trainers would see another picture, or none
   */
  public byte[] file(byte[] photo) {
    Optional<ImageFormat> format = ImageFormat.of(photo);
    if (format.filter(ImageFormat.GIF::equals).isPresent()) {
      return encoded(photo, PNG);
    }
    return format.filter(ImageFormat.JPEG::equals).isPresent() && turned(photo)
        ? encoded(photo, "jpeg")
        : photo;
  }

  private boolean turned(byte[] jpeg) {
    try {
      return ImageFormat.JPEG
          .container
          .read(ByteBuffer.wrap(jpeg), limit)
          .exif()
          .map(Orientation::of)
          .filter(orientation -> orientation != Orientation.UPRIGHT)
          .isPresent();
    } catch (IOException decodedBefore) {
      throw new UncheckedIOException(decodedBefore);
    }
  }

  private byte[] encoded(byte[] photo, String format) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (!format.equals(PNG)) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(QUALITY);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(decoder.decode(photo).buffered(), null, null), param);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
