package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.deixis.service.demo.ExamplePhoto;
import io.deixis.service.page.HtmlResponse;
import io.deixis.service.page.JsonText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a native executable of the front has to be told, as far as the sources show it. {@code
 * NativeConfigurationIT} reads what Quarkus makes of it.
 */
class NativeHintsTest {

  private static final Path CONFIGURATION = Path.of("src/main/resources/application.properties");

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.deixis");

  /** The full build's alone. */
  private static final List<String> FULL_BUILD =
      List.of("io.deixis.engine.", "io.deixis.training.", "io.deixis.batch.");

  /** These hand an object of any type to Jackson, or take one from it. */
  private static final Set<String> MAPPERS =
      Stream.of(ObjectMapper.class, ObjectReader.class, ObjectWriter.class, JsonParser.class)
          .map(Class::getName)
          .collect(Collectors.toSet());

  private static final Set<String> TREE_METHODS = Set.of("readTree", "writeTree");

  /** These take what comes as it is: bytes, text and pages. */
  private static final Set<String> WITHOUT_JACKSON =
      Set.of(
          "io.deixis.service.http.ApiDescriptionFilter",
          "io.deixis.service.http.GroundResource",
          HtmlResponse.class.getName(),
          "io.deixis.service.evaluations.EvaluationsResource",
          "io.deixis.service.function.EventMessage",
          "io.deixis.evaluation.answers.AnswersJson$FromEdges",
          JsonText.class.getName());

  /**
   * Components of a record come in their order. Those beside them come as reflection has them,
   * which differs between a virtual machine and a native executable.
   */
  @Test
  void theOrderOfMembersIsFixed() {
    for (Class<?> type : JsonDocuments.classes()) {
      List<String> members = JsonDocuments.members(type);
      int components = type.isRecord() ? type.getRecordComponents().length : 0;
      if (!type.isEnum() && members.size() > Math.max(1, components)) {
        JsonPropertyOrder order = type.getAnnotation(JsonPropertyOrder.class);
        assertThat(order).as("order of %s", type.getName()).isNotNull();
        assertThat(order.value()).containsExactlyElementsOf(members);
      }
    }
  }

  @Test
  void everyUserOfJacksonIsKnown() {
    Set<String> users = frontClassesThatCall(NativeHintsTest::handsOverAnObject);
    users.removeAll(WITHOUT_JACKSON);
    users.removeIf(user -> !reachedByTheFront().contains(user));
    // Each worker's answer is read by WorkerAnswer, into the type that the worker's class names.
    Set<String> known = new TreeSet<>(JsonDocuments.byUser().keySet());
    known.remove("io.deixis.service.worker.Worker");
    // The container finds the writers; no class of the front names them.
    known.removeIf(user -> user.startsWith("io.deixis.answers."));
    assertThat(users).containsExactlyElementsOf(known);
  }

  @Test
  void everyDocumentIsRegistered() {
    Set<String> registered = registered();
    assertThat(JsonDocuments.types()).isNotEmpty().allMatch(registered::contains);
  }

  @Test
  void nothingElseIsReadByItsName() {
    assertThat(
            frontClassesThatCall(
                call ->
                    call.getName().startsWith("getResource")
                        || call.getName().equals("newInstance")
                        || call.getName().equals("forName")
                            && call.getTargetOwner().isEquivalentTo(Class.class)
                        || call.getTargetOwner().isEquivalentTo(ServiceLoader.class)))
        .filteredOn(reachedByTheFront()::contains)
        .as("found by Quarkus, since the pages serve it, or included")
        .containsExactlyInAnyOrder(
            ExamplePhoto.class.getName(),
            "io.deixis.dataset.siblings.WordKinds",
            "io.deixis.service.http.RequestHeadFilter",
            "io.deixis.service.integrations.LabelConfig");
  }

  @Test
  void resourcesThatAreIncludedExist() throws IOException {
    String[] included = configuration().getProperty("quarkus.native.resources.includes").split(",");
    assertThat(included)
        .contains("org/commonmark/internal/util/entities.txt")
        .contains("META-INF/services/io.smallrye.faulttolerance.api.Spi")
        .allSatisfy(name -> assertThat(getClass().getClassLoader().getResource(name)).isNotNull());
  }

  @Test
  void serviceThatIsLookedForAtStartIsThere() throws IOException, ClassNotFoundException {
    String holder =
        configuration()
            .getProperty("quarkus.native.additional-build-args")
            .replaceFirst("--initialize-at-run-time=", "");
    assertThat(Class.forName(holder, false, getClass().getClassLoader())).isNotNull();
    assertThat(registered())
        .filteredOn(name -> name.startsWith("io.smallrye.faulttolerance"))
        .singleElement()
        .satisfies(name -> assertThat(Class.forName(name)).isNotNull());
  }

  @Test
  void noKeyOfTheConfigurationIsGivenTwice() throws IOException {
    try (Stream<String> lines = Files.lines(CONFIGURATION)) {
      List<String> keys =
          lines
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(line -> line.substring(0, line.indexOf('=')).strip())
              .toList();
      assertThat(keys).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  private static Properties configuration() throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(CONFIGURATION)) {
      properties.load(in);
    }
    return properties;
  }

  private static boolean handsOverAnObject(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    if (MAPPERS.contains(owner)) {
      return call.getName().matches("(read|write|convert|treeTo|valueTo).*")
          && !call.getName().startsWith("writer")
          && !TREE_METHODS.contains(call.getName());
    }
    return owner.equals(JsonText.class.getName())
        || owner.startsWith(Response.class.getName())
            && (call.getName().equals("ok") || call.getName().equals("entity"));
  }

  private static Set<String> frontClassesThatCall(Predicate<JavaCall<?>> wanted) {
    return CLASSES.stream()
        .filter(type -> FULL_BUILD.stream().noneMatch(type.getName()::startsWith))
        .filter(
            type ->
                Stream.concat(
                        type.getMethodCallsFromSelf().stream(),
                        type.getConstructorCallsFromSelf().stream())
                    .anyMatch(wanted))
        .map(JavaClass::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the names of the classes that the service uses, itself or by others. */
  private static Set<String> reachedByTheFront() {
    Deque<JavaClass> ahead = new ArrayDeque<>();
    CLASSES.stream()
        .filter(type -> type.getPackageName().startsWith("io.deixis.service"))
        .forEach(ahead::add);
    Set<String> reached = new TreeSet<>();
    while (!ahead.isEmpty()) {
      JavaClass next = ahead.remove();
      if (next.getName().startsWith("io.deixis.") && reached.add(next.getName())) {
        next.getDirectDependenciesFromSelf().forEach(use -> ahead.add(use.getTargetClass()));
      }
    }
    return reached;
  }

  private static Set<String> registered() {
    Set<String> names = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!type.isAnnotatedWith(RegisterForReflection.class)) {
        continue;
      }
      RegisterForReflection hint = type.getAnnotationOfType(RegisterForReflection.class);
      if (hint.targets().length == 0 && hint.classNames().length == 0) {
        names.add(type.getName());
      }
      Arrays.stream(hint.targets()).map(Class::getName).forEach(names::add);
      names.addAll(List.of(hint.classNames()));
    }
    return names;
  }
}
