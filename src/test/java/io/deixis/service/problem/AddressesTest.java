package io.deixis.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    for (JavaClass resource :
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("io.deixis.service")) {
      if (!resource.isAnnotatedWith(Path.class)) {
        continue;
      }
      String root = resource.getAnnotationOfType(Path.class).value();
      for (JavaMethod method : resource.getMethods()) {
        String verb =
            method.isAnnotatedWith(GET.class)
                ? "GET"
                : method.isAnnotatedWith(POST.class) ? "POST" : null;
        if (verb != null) {
          String own =
              method.isAnnotatedWith(Path.class)
                  ? method.getAnnotationOfType(Path.class).value()
                  : "";
          String path =
              (root + "/" + own)
                  .replaceAll("/+", "/")
                  .replaceAll("(?<=.)/$", "")
                  .replaceAll("\\{[^}]*\\}", "x");
          methods.computeIfAbsent(path, p -> new TreeSet<>()).add(verb);
        }
      }
    }
    return methods;
  }
}
