package io.deixis.batch.ground;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;

/**
 * The frames of a video, one after the other, as PNG files: {@code ffmpeg} takes the video apart
 * and writes them into a pipe. It may open files alone, so that no video makes it fetch anything.
 */
final class VideoFrames implements Iterator<Photo>, AutoCloseable {

  private static final int MOST_BYTES = 256 << 20;
  private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int LAST_CHUNK = 0x49454e44; // IEND

  private final Path video;
  private final double perSecond;
  private final Path complaints;
  private final Process ffmpeg;
  private final DataInputStream pipe;
  private int count;
  private byte[] next;

  /**
   * Opens a video.
   *
   * @param perSecond how many frames of each second
   * @param executable the program to run, {@code ffmpeg} or its path
   * @throws CommandFailure if there is no such program, or it cannot read the video
   */
  VideoFrames(Path video, double perSecond, String executable) {
    this.video = video;
    this.perSecond = perSecond;
    try {
      complaints = Files.createTempFile("deixis-ffmpeg", ".log");
    } catch (IOException full) {
      throw CommandFailure.storage("The folder for temporary files cannot be written.")
          .because(full);
    }
    List<String> command =
        List.of(
            executable,
            "-nostdin",
            "-v",
            "error",
            "-protocol_whitelist",
            "file,pipe",
            "-i",
            "file:" + video.toAbsolutePath(),
            "-map",
            "0:v:0",
            "-vf",
            String.format(Locale.ROOT, "fps=%s", perSecond),
            "-f",
            "image2pipe",
            "-c:v",
            "png",
            "-");
    try {
      ffmpeg = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
    } catch (IOException missing) {
      throw CommandFailure.input(
              "\"%s\" is a video, and the program ffmpeg, which takes videos apart, is not there;"
                  + " install it, or name photos.",
              video)
          .because(missing);
    }
    pipe = new DataInputStream(new BufferedInputStream(ffmpeg.getInputStream(), 1 << 16));
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Photo next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Photo frame =
        Photo.frame(
            String.format(Locale.ROOT, "%s#t=%.3f", video.getFileName(), count++ / perSecond),
            next);
    advance();
    return frame;
  }

  private void advance() {
    try {
      next = readPng();
      if (next == null && (ffmpeg.waitFor() != 0 || count == 0)) {
        throw broken(null);
      }
    } catch (IOException cut) {
      throw broken(cut);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      next = null;
    }
  }

  /** Reads one PNG file, chunk by chunk; null at the end of the pipe. */
  private byte[] readPng() throws IOException {
    int first = pipe.read();
    if (first < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream png = new DataOutputStream(bytes);
    png.write(first);
    png.write(pipe.readNBytes(Long.BYTES - 1));
    if (bytes.size() < Long.BYTES || signature(bytes.toByteArray()) != PNG_SIGNATURE) {
      throw new IOException("ffmpeg wrote no PNG file");
    }
    int type;
    do {
      int length = pipe.readInt();
      type = pipe.readInt();
      if (length < 0 || length > MOST_BYTES - bytes.size()) {
        throw new IOException("ffmpeg wrote a frame of more than " + MOST_BYTES + " bytes");
      }
      png.writeInt(length);
      png.writeInt(type);
      png.write(pipe.readNBytes(length + Integer.BYTES)); // with the checksum
    } while (type != LAST_CHUNK);
    return bytes.toByteArray();
  }

  private static long signature(byte[] bytes) {
    return java.nio.ByteBuffer.wrap(bytes).getLong();
  }

  private CommandFailure broken(IOException cause) {
    return new CommandFailure(
        ExitStatus.DAMAGED,
        "The video \"%s\" cannot be read%s; try it in a player.".formatted(video, complaint()),
        cause);
  }

  /** Returns what ffmpeg said last. */
  private String complaint() {
    try {
      List<String> lines = Files.readAllLines(complaints);
      return lines.isEmpty() ? "" : " (ffmpeg: " + lines.get(lines.size() - 1).strip() + ")";
    } catch (IOException unreadable) {
      return "";
    }
  }

  @Override
  public void close() {
    ffmpeg.destroy();
    try {
      Files.deleteIfExists(complaints);
    } catch (IOException left) {
      // A log of a few lines stays among the temporary files.
    }
  }
}
