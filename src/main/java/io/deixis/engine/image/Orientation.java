package io.deixis.engine.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;

/** How stored rows and columns lie in the upright picture: EXIF 2.32, tag 0112, values 1 to 8. */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  HALF_TURN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_TURN_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  QUARTER_TURN_LEFT(true, true, false);

  /** Whether stored rows are upright columns. */
  final boolean transposed;

  /** Whether stored columns run against the upright axis they lie on. */
  final boolean columnsReversed;

  /** Whether stored rows run against the upright axis they lie on. */
  final boolean rowsReversed;

  Orientation(boolean transposed, boolean columnsReversed, boolean rowsReversed) {
    this.transposed = transposed;
    this.columnsReversed = columnsReversed;
    this.rowsReversed = rowsReversed;
  }

  /**
   * Returns what an EXIF block says; upright if it says nothing that can be read, since a photo
   * with damaged metadata is still a photo.
   *
   * @param exif the block, from its TIFF header on
   */
  static Orientation of(byte[] exif) {
    Metadata metadata = new Metadata();
    new ExifReader().extract(new ByteArrayReader(exif), metadata);
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer value =
        directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return value == null || value < 1 || value > 8 ? UPRIGHT : values()[value - 1];
  }
}
