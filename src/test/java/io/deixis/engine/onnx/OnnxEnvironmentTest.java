package io.deixis.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The environment is there after the library's shutdown hook has given it back. */
@Timeout(120)
class OnnxEnvironmentTest {

  private static final Path GRAPH = Path.of("src/test/resources/published/owlv2/text.onnx");

  @TempDir private Path folder;

  /** In a process of its own, since other tests need theirs. */
  @Test
  void itOutlivesTheShutdownHookOfTheLibrary() throws Exception {
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OnnxEnvironmentTest.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
  }

  /** Does what the hook does, and makes a session after it. */
  public static void main(String[] none) throws Exception {
    OrtEnvironment environment = OnnxEnvironment.get();
    Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
    Field handle = OrtEnvironment.class.getDeclaredField("nativeHandle");
    Method close = OrtEnvironment.class.getDeclaredMethod("close", long.class, long.class);
    api.setAccessible(true);
    handle.setAccessible(true);
    close.setAccessible(true);
    close.invoke(null, api.getLong(null), handle.getLong(environment));
    try (OrtSession session = environment.createSession(Files.readAllBytes(GRAPH))) {
      // made
    }
    Runtime.getRuntime().halt(0); // the hook would give back what is given back already
  }
}
