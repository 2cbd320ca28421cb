package io.deixis.engine.image;

import java.util.Optional;

/**
 * What an encoded image declares about itself, read without decoding a pixel.
 *
 * @param width width of the canvas as stored, before orientation, in pixels
 * @param height height of the canvas as stored, before orientation, in pixels
 * @param frame the part of the canvas that the (first) frame covers
 * @param exif the EXIF block, starting at its TIFF header, if there is one
 */
record ImageLayout(int width, int height, Frame frame, Optional<byte[]> exif) {

  /** A frame's place on its canvas, in pixels. */
  record Frame(int x, int y, int width, int height) {}

  /** Returns the layout of a format whose one frame fills the canvas. */
  static ImageLayout filled(int width, int height, Optional<byte[]> exif) {
    return new ImageLayout(width, height, new Frame(0, 0, width, height), exif);
  }
}
