package io.deixis.engine.image;

import java.util.Optional;

/**
 * What an encoded image declares about itself, read without decoding a pixel.
 *
 * @param width width of the canvas as stored, before orientation, in pixels
 * @param height height of the canvas as stored, before orientation, in pixels
 * @param frame the part of the canvas that the (first) frame covers
 * @param exif the EXIF block, starting at its TIFF header, if there is one
 * @param colours the profile of its colours, if there is one that the reader does not apply itself
 * @param tableBytes most bytes that a reader's tables take beside the pixels, if they are many
 */
record ImageLayout(
    int width,
    int height,
    Frame frame,
    Optional<byte[]> exif,
    Optional<ColourProfile> colours,
    long tableBytes) {

  /** Creates a layout whose colours are as the reader returns them. */
  ImageLayout(int width, int height, Frame frame, Optional<byte[]> exif) {
    this(width, height, frame, exif, Optional.empty(), 0);
  }

  /** A frame's place on its canvas, in pixels. */
  record Frame(int x, int y, int width, int height) {}

  /** Returns the layout of a format whose one frame fills the canvas. */
  static ImageLayout filled(int width, int height, Optional<byte[]> exif) {
    return new ImageLayout(width, height, new Frame(0, 0, width, height), exif);
  }

  /** Returns this layout with a colour profile. */
  ImageLayout in(Optional<ColourProfile> colours) {
    return new ImageLayout(width, height, frame, exif, colours, tableBytes);
  }

  /** Returns this layout for a reader with tables. */
  ImageLayout withTables(long bytes) {
    return new ImageLayout(width, height, frame, exif, colours, bytes);
  }
}
