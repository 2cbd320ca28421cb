package io.deixis.batch.ground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.batch.CommandFailure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a script in the place of ffmpeg. */
@DisabledOnOs(OS.WINDOWS)
class VideoFramesTest {

  @TempDir Path folder;
  private Path video;

  @BeforeEach
  void writeVideo() throws IOException {
    video = Files.writeString(folder.resolve("clip.mp4"), "a video");
    Files.write(folder.resolve("1.png"), png(8, 4));
    Files.write(folder.resolve("2.png"), png(16, 4));
  }

  @Test
  void framesAreWholeImagesWithTheirTimes() throws IOException {
    String program = program("echo \"$@\" > arguments; cat 1.png 2.png 1.png");

    List<Photo> photos = new ArrayList<>();
    try (VideoFrames frames = new VideoFrames(video, 0.5, program)) {
      frames.forEachRemaining(photos::add);
    }

    assertThat(photos)
        .extracting(Photo::source)
        .containsExactly("clip.mp4#t=0.000", "clip.mp4#t=2.000", "clip.mp4#t=4.000");
    assertThat(photos).extracting(photo -> width(photo.frame())).containsExactly(8, 16, 8);
    assertThat(folder.resolve("arguments"))
        .content()
        .contains("-protocol_whitelist file,pipe -i file:" + video, "fps=0.5");
  }

  @Test
  void saysWhatFfmpegSaysOfABrokenVideo() throws IOException {
    String program = program("echo 'moov atom not found' >&2; exit 1");

    assertThatThrownBy(() -> new VideoFrames(video, 1, program))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("clip.mp4")
        .hasMessageContaining("ffmpeg: moov atom not found");
  }

  @Test
  void aFrameThatIsCutShortEndsTheVideo() throws IOException {
    String program = program("cat 1.png; head -c 30 2.png");

    assertThatThrownBy(() -> new VideoFrames(video, 1, program).forEachRemaining(frame -> {}))
        .isInstanceOf(CommandFailure.class);
  }

  @Test
  void saysThatFfmpegIsMissing() {
    assertThatThrownBy(() -> new VideoFrames(video, 1, folder.resolve("none").toString()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("the program ffmpeg")
        .hasMessageContaining("install it");
  }

  private String program(String script) throws IOException {
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\ncd '" + folder + "'\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  private static int width(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png)).getWidth();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
