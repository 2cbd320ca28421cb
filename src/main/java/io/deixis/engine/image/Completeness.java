package io.deixis.engine.image;

import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Watches a reader: for the signs that it filled missing pixels by itself (the JPEG reader warns
 * that data ended early, the GIF reader finishes before its last row), and for its time, since a
 * reader may be busy for long without reading on.
 */
final class Completeness implements IIOReadWarningListener, IIOReadProgressListener {

  private final DecodingTime time;
  private boolean endedEarly;
  private float percent;

  Completeness(DecodingTime time) {
    this.time = time;
  }

  /**
   * Checks what was seen while {@code format} was read.
   *
   * @throws IIOException if pixels are missing
   */
  void require(ImageFormat format) throws IIOException {
    if (endedEarly || (format == ImageFormat.GIF && percent < 100)) {
      throw new IIOException("The picture's data ends before its last row");
    }
  }

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // libjpeg: "Premature end of JPEG file", "Corrupt JPEG data: premature end of data segment".
    endedEarly |= warning.toLowerCase(Locale.ROOT).contains("premature end");
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    time.check();
    percent = Math.max(percent, percentageDone);
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
