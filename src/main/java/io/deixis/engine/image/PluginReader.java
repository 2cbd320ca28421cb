package io.deixis.engine.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Reads pixels by a plug-in of Image I/O, and watches it: for the signs that it filled missing
 * pixels by itself (the JPEG reader warns that data ended early), and for its time, since a reader
 * may be busy for long without reading on.
 */
final class PluginReader {

  private final ImageReaderSpi provider;

  /** Creates a reader; the JPEG reader of TwelveMonkeys wants to be registered. */
  PluginReader(ImageReaderSpi provider) {
    IIORegistry.getDefaultInstance().registerServiceProvider(provider, ImageReaderSpi.class);
    this.provider = provider;
  }

  /**
   * Reads the first picture.
   *
   * @throws IOException if it is broken, pixels are missing, or its size is not the layout's
   */
  BufferedImage read(byte[] encoded, ImageLayout layout, DecodingTime time) throws IOException {
    ImageReader reader = provider.createReaderInstance();
    try (ImageInputStream stream = new EncodedStream(encoded, time)) {
      reader.setInput(stream, true, true);
      requireSize(layout, reader.getWidth(0), reader.getHeight(0));
      Watch watch = new Watch(time);
      reader.addIIOReadWarningListener(watch);
      reader.addIIOReadProgressListener(watch);
      BufferedImage image = reader.read(0);
      if (watch.endedEarly) {
        throw new IIOException("The picture's data ends before its last row");
      }
      requireSize(layout, image.getWidth(), image.getHeight());
      return image;
    } finally {
      reader.dispose();
    }
  }

  private static void requireSize(ImageLayout layout, int width, int height) throws IIOException {
    if (width != layout.frame().width() || height != layout.frame().height()) {
      throw new IIOException("The picture's size differs from the header's");
    }
  }

  private static final class Watch implements IIOReadWarningListener, IIOReadProgressListener {

    private final DecodingTime time;
    private boolean endedEarly;

    private Watch(DecodingTime time) {
      this.time = time;
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      // libjpeg: "Premature end of JPEG file", "Corrupt JPEG data: premature end of data segment".
      endedEarly |= warning.toLowerCase(Locale.ROOT).contains("premature end");
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
      time.check();
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

  /** An encoded image in memory for its reader, which cannot read on when its time is over. */
  private static final class EncodedStream extends ImageInputStreamImpl {

    /** Bytes handed out at once: in some files a few thousand describe seconds of work. */
    private static final int PIECE = 512;

    private final byte[] bytes;
    private final DecodingTime time;

    EncodedStream(byte[] bytes, DecodingTime time) {
      this.bytes = bytes;
      this.time = time;
    }

    @Override
    public int read() {
      bitOffset = 0;
      return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      bitOffset = 0;
      if (length == 0) {
        return 0;
      }
      time.check();
      if (streamPos >= bytes.length) {
        return -1;
      }
      int read = (int) Math.min(Math.min(length, PIECE), bytes.length - streamPos);
      System.arraycopy(bytes, (int) streamPos, into, offset, read);
      streamPos += read;
      return read;
    }

    @Override
    public long length() {
      return bytes.length;
    }
  }
}
