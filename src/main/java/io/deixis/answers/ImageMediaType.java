package io.deixis.answers;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The image formats that browsers show, recognised by their first bytes. */
public enum ImageMediaType {
  /** JPEG. */
  JPEG("image/jpeg", 0, 0xff, 0xd8, 0xff),
  /** PNG. */
  PNG("image/png", 0, 0x89, 'P', 'N', 'G'),
  /** GIF. */
  GIF("image/gif", 0, 'G', 'I', 'F', '8'),
  /** WebP, in a RIFF container. */
  WEBP("image/webp", 8, 'W', 'E', 'B', 'P'),
  /** Windows bitmap. */
  BMP("image/bmp", 0, 'B', 'M');

  private final String mediaType;
  private final int offset;
  private final int[] signature;

  ImageMediaType(String mediaType, int offset, int... signature) {
    this.mediaType = mediaType;
    this.offset = offset;
    this.signature = signature;
  }

  /** Returns the registered name, such as {@code image/jpeg}. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the format of {@code image}; empty if it is none of these. */
  public static Optional<ImageMediaType> of(byte[] image) {
    return Arrays.stream(values()).filter(format -> format.matches(image)).findFirst();
  }

  /** Returns {@code image}, which is of this format, as a {@code data:} URI. */
  public String dataUri(byte[] image) {
    return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(image);
  }

  private boolean matches(byte[] image) {
    if (image.length < offset + signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((image[offset + i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
