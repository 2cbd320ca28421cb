package io.deixis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents name is there. */
class DocumentationTest {

  /** In code quotes, a word with a capital inside: a class. */
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+[A-Z]\\w*|[A-Z][a-z]{3,})`");

  /** Words of HTTP that look like classes. */
  private static final Set<String> HEADERS = Set.of("Accept");

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

  private static Set<String> classes;

  @BeforeAll
  static void findClasses() throws IOException {
    classes =
        files(Path.of("src"), ".java")
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());
  }

  static List<Path> documents() throws IOException {
    return Stream.concat(
            Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md").map(Path::of),
            Stream.of("docs", "deploy", "examples").flatMap(f -> files(Path.of(f), ".md")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/architecture.md", "CONTRIBUTING.md"})
  void classesAreThere(String document) throws IOException {
    Set<String> named = names(Files.readString(Path.of(document)));
    assertThat(named).isNotEmpty();
    assertThat(classes).containsAll(named);
  }

  @Test
  void noWalkHasMoreThanTwelveNames() throws IOException {
    for (String walk : Files.readString(Path.of("docs/architecture.md")).split("\n## ")) {
      assertThat(names(walk)).hasSizeLessThanOrEqualTo(12);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path document) throws IOException {
    Path folder = document.toAbsolutePath().getParent();
    assertThat(LINK.matcher(Files.readString(document)).results().map(link -> link.group(1)))
        .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
  }

  @Test
  void theReadmeIsOnePage() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  private static Set<String> names(String text) {
    Set<String> names =
        CLASS
            .matcher(text)
            .results()
            .map((MatchResult name) -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    names.removeAll(HEADERS);
    return names;
  }

  private static Stream<Path> files(Path folder, String end) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(end)).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
