package io.deixis.batch.ground;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.requests.GroundingService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A photo to ask: a file, or a frame of a video.
 *
 * @param source the path as it was given or found; for a frame with its time, such as {@code
 *     clip.mp4#t=2.000}
 * @param name how formats name it: a path below the folder it was found in, with {@code /}
 * @param file where its bytes are; empty for a frame
 * @param frame the bytes of a frame; empty for a file
 */
record Photo(String source, String name, Optional<Path> file, byte[] frame) {

  /** Returns the photo in a file. */
  static Photo of(Path file, String name) {
    return new Photo(file.toString(), name, Optional.of(file), new byte[0]);
  }

  /** Returns this photo with another name for formats. */
  Photo called(String other) {
    return new Photo(source, other, file, frame);
  }

  /** Returns a frame, a whole image file. */
  static Photo frame(String name, byte[] frame) {
    return new Photo(name, name, Optional.empty(), frame);
  }

  /**
   * Reads its bytes, of a file that grows or never ends one more than allowed.
   *
   * @throws GroundingException if the file has none, or more than allowed; they are not read then
   */
  byte[] read(GroundingService service) throws IOException {
    if (file.isEmpty()) {
      return frame;
    }
    service.checkImageBytes(Files.size(file.get()));
    try (InputStream in = Files.newInputStream(file.get())) {
      byte[] bytes = in.readNBytes(service.mostImageBytes() + 1);
      if (bytes.length == 0) {
        throw new GroundingException(
            Reason.IMAGE_MISSING, "image", "The file is empty", "copy the photo anew");
      }
      return bytes;
    }
  }
}
