package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * What Quarkus tells native-image of the front: the very files that a native build reads, which it
 * writes without GraalVM ({@code quarkus.native.sources-only}).
 */
class NativeConfigurationIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FRONT =
      Path.of(System.getProperty("deixis.packaged.front")).getParent();

  @Test
  void everyDocumentIsOpenToReflection() throws IOException {
    Set<String> open = new TreeSet<>();
    for (JsonNode type : configuration("reflect-config.json")) {
      if (type.path("allDeclaredConstructors").asBoolean()
          && type.path("allDeclaredMethods").asBoolean()) {
        open.add(type.path("name").asText());
      }
    }
    assertThat(open).containsAll(JsonDocuments.types());
  }

  @Test
  void templatesAndPublicFilesAreIncluded() throws IOException {
    List<Pattern> included = included();
    assertThat(files(Path.of("web/templates"), "templates/"))
        .isNotEmpty()
        .allMatch(name -> matches(included, name));
    assertThat(files(Path.of("web/public"), "META-INF/resources/"))
        .isNotEmpty()
        .allMatch(name -> matches(included, name));
  }

  @Test
  void whatLibrariesReadByNameIsIncluded() throws IOException {
    List<Pattern> included = included();
    assertThat(
            List.of(
                "org/commonmark/internal/util/entities.txt",
                "META-INF/services/io.smallrye.faulttolerance.api.Spi"))
        .allMatch(name -> matches(included, name));
  }

  @Test
  void circuitBreakersFindTheirPartWhenTheExecutableStarts() throws IOException {
    assertThat(Files.readString(sources().resolve("native-image.args")))
        .contains("--initialize-at-run-time=io.smallrye.faulttolerance.api.SpiAccess$Holder");
    assertThat(configuration("reflect-config.json"))
        .extracting(type -> type.path("name").asText())
        .contains("io.smallrye.faulttolerance.CdiSpi");
  }

  @Test
  void noClassOfTheEngineIsNamed() throws IOException {
    assertThat(configuration("reflect-config.json"))
        .extracting(type -> type.path("name").asText())
        .isNotEmpty()
        .noneMatch(name -> name.matches("(ai\\.djl|io\\.deixis\\.(engine|training|batch))\\..*"));
  }

  @Test
  void nothingElseIsAskedFor() throws IOException {
    assertThat(configuration("jni-config.json")).isEmpty();
    assertThat(configuration("proxy-config.json")).isEmpty();
    assertThat(configuration("serialization-config.json").path("types")).isEmpty();
  }

  private static List<Pattern> included() throws IOException {
    return StreamSupport.stream(
            configuration("resource-config.json").at("/resources/includes").spliterator(), false)
        .map(include -> Pattern.compile(include.path("pattern").asText()))
        .toList();
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static List<String> files(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> prefix + folder.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  private static JsonNode configuration(String name) throws IOException {
    try (Stream<Path> files = Files.list(sources())) {
      Path jar = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      try (ZipFile zip = new ZipFile(jar.toFile());
          InputStream in = zip.getInputStream(zip.getEntry("META-INF/native-image/" + name))) {
        return JSON.readTree(in);
      }
    }
  }

  /** Returns the folder of a native build's input; it is written however the executable is made. */
  private static Path sources() throws IOException {
    try (Stream<Path> folders = Files.list(FRONT)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("native-image.args")))
          .findFirst()
          .orElseThrow();
    }
  }
}
