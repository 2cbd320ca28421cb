package io.deixis.engine.image;

import io.deixis.engine.image.ImageLayout.Frame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import javax.imageio.IIOException;

/** GIF: blocks as in the GIF89a specification. */
final class GifContainer implements Container {

  private static final int SIGNATURE_BYTES = 6;
  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  @Override
  public ImageLayout read(ByteBuffer bytes, PixelLimit limit) throws IIOException {
    bytes.order(ByteOrder.LITTLE_ENDIAN).position(SIGNATURE_BYTES);
    int screenWidth = Short.toUnsignedInt(bytes.getShort());
    int screenHeight = Short.toUnsignedInt(bytes.getShort());
    // A screen of 0x0 is common and means "as large as the first frame".
    limit.check(Math.max(1, screenWidth), Math.max(1, screenHeight));
    int flags = bytes.get();
    Slices.take(bytes, 2); // background colour, pixel aspect ratio
    skipColourTable(bytes, flags);

    ImageLayout layout = null;
    while (true) {
      int block = Byte.toUnsignedInt(bytes.get());
      if (block == TRAILER) {
        break;
      } else if (block == EXTENSION) {
        bytes.get(); // label
      } else if (block == IMAGE) {
        Frame frame = frame(bytes);
        if (layout == null) {
          limit.check(frame.width(), frame.height());
          int width = Math.max(screenWidth, frame.x() + frame.width());
          int height = Math.max(screenHeight, frame.y() + frame.height());
          limit.check(width, height);
          layout = new ImageLayout(width, height, frame, Optional.empty());
        }
        skipColourTable(bytes, bytes.get());
        bytes.get(); // LZW minimum code size
      } else {
        throw new IIOException("The GIF has a block of unknown type " + block);
      }
      skipSubBlocks(bytes);
    }
    if (layout == null) {
      throw new IIOException("The GIF ends before its picture");
    }
    return layout;
  }

  private static Frame frame(ByteBuffer bytes) {
    return new Frame(
        Short.toUnsignedInt(bytes.getShort()),
        Short.toUnsignedInt(bytes.getShort()),
        Short.toUnsignedInt(bytes.getShort()),
        Short.toUnsignedInt(bytes.getShort()));
  }

  private static void skipColourTable(ByteBuffer bytes, int flags) {
    if ((flags & 0x80) != 0) {
      Slices.take(bytes, 3L << ((flags & 0x07) + 1));
    }
  }

  private static void skipSubBlocks(ByteBuffer bytes) {
    int length;
    do {
      length = Byte.toUnsignedInt(bytes.get());
      Slices.take(bytes, length);
    } while (length != 0);
  }
}
