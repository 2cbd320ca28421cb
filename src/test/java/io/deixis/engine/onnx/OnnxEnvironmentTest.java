package io.deixis.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    ended(started(OnnxEnvironmentTest.class, "said"));
  }

  @Test
  void itIsUnpackedOnceForAllProcesses() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    String setting = "-Djava.io.tmpdir=" + temporary;
    List<Process> together =
        List.of(
            started(Unpacks.class, "one", setting),
            started(Unpacks.class, "two", setting),
            started(Unpacks.class, "three", setting));
    for (Process process : together) {
      ended(process);
    }
    ended(started(Unpacks.class, "later", setting));

    assertThat(temporary).isEmptyDirectory();
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .contains(System.mapLibraryName("onnxruntime"))
          .doesNotHaveDuplicates();
    }
  }

  private Process started(Class<?> program, String said, String... settings) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(settings));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(said).toFile());
    process.environment().put("ENGINE_CACHE_DIR", folder.resolve("cache").toString());
    return process.start();
  }

  private void ended(Process process) throws Exception {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said()).isZero();
  }

  private String said() throws IOException {
    StringBuilder said = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          said.append(Files.readString(file));
        }
      }
    }
    return said.toString();
  }

  /** Needs the environment and ends. */
  private static final class Unpacks {
    public static void main(String[] none) {
      OnnxEnvironment.get();
    }
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
