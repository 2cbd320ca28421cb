package io.deixis.engine.image;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Turns the bytes of a JPEG, PNG, WebP, GIF, BMP or TIFF file (its first picture) into upright
 * pixels.
 *
 * <p>The format is told by content. Sizes are checked in the header, before a pixel is decoded; the
 * file must be whole. Time and the memory in use at once are bounded; small images do not wait for
 * large ones. Thread-safe.
 */
public final class ImageDecoder {

  /** The request's field that a refused image stands in. */
  static final String FIELD = "image";

  private static final String FORMATS = "JPEG, PNG, WebP, GIF, BMP or TIFF";

  /** So that three bytes a pixel fit into one array. */
  private static final long MOST_PIXELS = Integer.MAX_VALUE / 3 - 8;

  /** Some ten times what the largest image takes. */
  private static final Duration TIME = Duration.ofSeconds(20);

  /** An image is small that has at most this part of the most pixels. */
  private static final int SMALL = 16;

  private final int maxBytes;
  private final PixelLimit limit;
  private final Duration time;

  /** For images of more pixels than {@link #SMALL} allows; others do not wait for them. */
  final DecodingMemory large;

  final DecodingMemory small;

  /** For what some files need beside their pixels. */
  final DecodingMemory tables;

  /**
   * Creates a decoder.
   *
   * @param maxBytes most bytes of an encoded image, at least 1
   * @param maxPixels most pixels (width times height) of its canvas, at least 1 and at most
   *     715,827,874
   * @throws IllegalArgumentException if a limit is out of its range
   */
  public ImageDecoder(int maxBytes, long maxPixels) {
    this(maxBytes, maxPixels, TIME);
  }

  /**
   * Creates a decoder that gives up on an image after a time.
   *
   * @param time for decoding one image, and at most as long for waiting until the others that are
   *     being decoded leave room for it; a request's own deadline may end both before
   */
  ImageDecoder(int maxBytes, long maxPixels, Duration time) {
    if (maxBytes < 1 || maxPixels < 1 || maxPixels > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "Images need limits of at least 1 byte and 1 to " + MOST_PIXELS + " pixels");
    }
    this.maxBytes = maxBytes;
    this.limit = new PixelLimit(maxPixels);
    this.time = time;
    this.large = new DecodingMemory(maxPixels, time);
    this.small = new DecodingMemory(maxPixels / 4, time);
    this.tables = new DecodingMemory(WebpContainer.MOST_TABLE_BYTES, time);
  }

  /** Decodes an image for a caller who waits as long as it takes; see the other method. */
  public UprightImage decode(byte[] encoded) {
    return decode(encoded, RequestContext.NONE);
  }

  /**
   * Decodes an image, applies its EXIF orientation and composes it on white.
   *
   * @param encoded the file's bytes
   * @param context whose deadline and cancellation end the work, and the wait for memory, early
   * @throws GroundingException if there are none ({@link Reason#IMAGE_MISSING}), there are too many
   *     ({@link Reason#IMAGE_TOO_MANY_BYTES}), the header declares too many pixels ({@link
   *     Reason#IMAGE_TOO_MANY_PIXELS}), the format is none of those read ({@link
   *     Reason#IMAGE_UNSUPPORTED}), the file is damaged, cut short or takes too long ({@link
   *     Reason#IMAGE_BROKEN}), too many others are being decoded ({@link Reason#BUSY}), or nobody
   *     waits any more ({@link Reason#DEADLINE_EXCEEDED})
   */
  public UprightImage decode(byte[] encoded, RequestContext context) {
    ImageFormat format = check(encoded);
    try {
      ImageLayout layout = format.container.read(ByteBuffer.wrap(encoded), limit);
      Orientation orientation = layout.exif().map(Orientation::of).orElse(Orientation.UPRIGHT);
      long pixels = (long) layout.width() * layout.height();
      DecodingMemory lane = pixels <= limit.pixels() / SMALL ? small : large;
      try (DecodingMemory.Share beside = tables.take(layout.tableBytes(), context);
          DecodingMemory.Share room = lane.take(pixels, context)) {
        DecodingTime clock = new DecodingTime(time, context);
        clock.check();
        BufferedImage image = format.container.pixels(encoded, layout, clock);
        UprightCanvas canvas = new UprightCanvas(layout.width(), layout.height(), orientation);
        canvas.draw(image, layout);
        return canvas.image();
      }
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError failure) {
      // Decoders meet damaged files with exceptions of every kind.
      throw refusal(format, failure);
    }
  }

  private static GroundingException refusal(ImageFormat format, Throwable failure) {
    // Some readers wrap whatever stopped them.
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GroundingException refused) {
        return refused;
      }
      if (cause instanceof OutOfMemoryError full) {
        return new GroundingException(
            Reason.IMAGE_TOO_MANY_PIXELS,
            FIELD,
            "The image needs more memory to decode than there is",
            "send a smaller one",
            full);
      }
    }
    return new GroundingException(
        Reason.IMAGE_BROKEN,
        FIELD,
        "The " + format + " image is damaged or cut short",
        "send the whole file",
        failure);
  }

  private ImageFormat check(byte[] encoded) {
    if (encoded == null || encoded.length == 0) {
      throw new GroundingException(
          Reason.IMAGE_MISSING, FIELD, "There is no image", "send one as " + FORMATS);
    }
    if (encoded.length > maxBytes) {
      throw new GroundingException(
          Reason.IMAGE_TOO_MANY_BYTES,
          FIELD,
          "The image has %d bytes, more than the %d allowed".formatted(encoded.length, maxBytes),
          "send a smaller one");
    }
    return ImageFormat.of(encoded).orElseThrow(() -> unsupported(encoded));
  }

  private static GroundingException unsupported(byte[] encoded) {
    return ImageFormat.unread(encoded)
        .map(
            name ->
                new GroundingException(
                    Reason.IMAGE_UNSUPPORTED,
                    FIELD,
                    "The photo is in %s, which is not read here".formatted(name),
                    "convert it to JPEG first, with a photo program's export or ImageMagick's"
                        + " magick command"))
        .orElseGet(
            () ->
                new GroundingException(
                    Reason.IMAGE_UNSUPPORTED,
                    FIELD,
                    "This is no image of a known format",
                    "send " + FORMATS));
  }
}
