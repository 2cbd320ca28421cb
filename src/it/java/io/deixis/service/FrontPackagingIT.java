package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The front holds nothing of the engine: no jar and no class. */
class FrontPackagingIT {

  /** Quarkus's own replacements that take AWT and ImageIO out of a native executable. */
  private static final String NATIVE_SUBSTITUTIONS = "io/quarkus/runtime/graal/Target_";

  private static final Path FRONT = Path.of(System.getProperty("deixis.packaged.front"));

  @Test
  void noJarOfTheEngineIsPackaged() throws IOException {
    List<String> jars = fileNames(FRONT.resolve("lib"));
    assertThat(jars).anyMatch(name -> name.startsWith("io.quarkus.quarkus-rest"));
    assertThat(jars)
        .noneMatch(
            name ->
                name.matches(
                    "(ai\\.djl|com\\.microsoft\\.onnxruntime|org\\.apache\\.opennlp"
                        + "|com\\.twelvemonkeys|com\\.drewnoakes|dev\\.langchain4j"
                        + "|net\\.java\\.dev\\.jna|org\\.ejml|info\\.picocli).*"))
        .noneMatch(name -> name.contains("pytorch"))
        .noneMatch(name -> name.contains("funqy"));
  }

  @Test
  void noClassOfTheEngineIsPackaged() throws IOException {
    List<String> classes;
    try (JarFile application = new JarFile(applicationJar().toFile())) {
      classes = application.stream().map(ZipEntry::getName).toList();
    }
    assertThat(classes).contains("io/deixis/service/worker/RemoteGrounder.class");
    assertThat(classes)
        .noneMatch(
            name -> name.matches("io/deixis/(engine|training|batch|language/opennlp)/.*\\.class"));
  }

  @Test
  void noClassRefersToTheEngineOrToTheDesktop() throws IOException {
    ClassReferences references =
        new ClassReferences(List.of("ai.djl", "java.awt", "javax.imageio", "com.sun.jna"));
    assertThat(references.in(FRONT).entrySet())
        .filteredOn(entry -> !entry.getKey().startsWith(NATIVE_SUBSTITUTIONS))
        .isEmpty();
  }

  @Test
  void referencesAreFoundWhereThereAreSome() throws IOException {
    ClassReferences references = new ClassReferences(List.of("java.awt"));
    assertThat(references.in(FRONT))
        .containsEntry(NATIVE_SUBSTITUTIONS + "java_awt_Color", Set.of("java.awt.Color"));
    assertThat(new ClassReferences(List.of("io.deixis.geometry")).in(FRONT.resolve("app")))
        .containsKey("io/deixis/answers/Drawing");
  }

  private static Path applicationJar() throws IOException {
    try (Stream<Path> files = Files.list(FRONT.resolve("app"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  private static List<String> fileNames(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }
}
