package io.deixis.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void everyResourceIsKnownWithItsMethods() {
    Map<String, Set<String>> methods = resources();
    assertThat(methods).hasSizeGreaterThan(15);
    methods.forEach(
        (path, known) -> {
          Set<String> allowed = new TreeSet<>(known);
          allowed.add("OPTIONS");
          if (known.contains("GET")) {
            allowed.add("HEAD");
          }
          assertThat(Addresses.allowed(path)).as(path).isPresent();
          assertThat(Set.of(Addresses.allowed(path).orElseThrow().split(", ")))
              .as(path)
              .isEqualTo(allowed);
        });
  }

  /** A wildcard is left to its resource. */
  @Test
  void mediaTypesAreThoseOfTheResources() {
    Map<String, Set<String>> taken = types(Consumes.class, Consumes::value);
    Map<String, Set<String>> made = types(Produces.class, Produces::value);
    assertThat(taken).hasSizeGreaterThan(5);
    assertThat(made).hasSizeGreaterThan(10);
    taken.forEach((path, types) -> assertThat(Addresses.takes(path)).as(path).containsAll(types));
    made.forEach((path, types) -> assertThat(Addresses.makes(path)).as(path).containsAll(types));
  }

  @Test
  void aSlashAtTheEndSaysNothing() {
    assertThat(Addresses.allowed("/v1/ground/")).contains("POST, OPTIONS");
    assertThat(Addresses.allowed("/")).contains("GET, HEAD, POST, OPTIONS");
  }

  @Test
  void nothingElseIsKnown() {
    assertThat(Addresses.allowed("/nosuch")).isEmpty();
    assertThat(Addresses.allowed("/v1")).isEmpty();
  }

  /** Returns the addresses that resources name, parameters replaced by "x", with their methods. */
  private static Map<String, Set<String>> resources() {
    Map<String, Set<String>> methods = new TreeMap<>();
    forEach(
        (path, method) ->
            methods
                .computeIfAbsent(path, p -> new TreeSet<>())
                .add(method.isAnnotatedWith(GET.class) ? "GET" : "POST"));
    return methods;
  }

  /** Returns the media types in an annotation of each method, or else of its class. */
  private static <A extends Annotation> Map<String, Set<String>> types(
      Class<A> annotation, Function<A, String[]> types) {
    Map<String, Set<String>> named = new TreeMap<>();
    forEach(
        (path, method) -> {
          Optional<A> found =
              method
                  .tryGetAnnotationOfType(annotation)
                  .or(() -> method.getOwner().tryGetAnnotationOfType(annotation));
          for (String type : found.map(types).orElse(new String[0])) {
            if (!type.equals(MediaType.WILDCARD)) {
              named.computeIfAbsent(path, p -> new TreeSet<>()).add(type.replaceAll(";.*", ""));
            }
          }
        });
    return named;
  }

  private static void forEach(BiConsumer<String, JavaMethod> action) {
    for (JavaClass resource :
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("io.deixis.service")) {
      if (!resource.isAnnotatedWith(Path.class)) {
        continue;
      }
      String root = resource.getAnnotationOfType(Path.class).value();
      for (JavaMethod method : resource.getMethods()) {
        if (method.isAnnotatedWith(GET.class) || method.isAnnotatedWith(POST.class)) {
          String own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
          action.accept(
              (root + "/" + own)
                  .replaceAll("/+", "/")
                  .replaceAll("(?<=.)/$", "")
                  .replaceAll("\\{[^}]*\\}", "x"),
              method);
        }
      }
    }
  }
}
