package io.deixis;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of packages: each may use only those above it. Sub-packages count as their parent. */
class ArchitectureTest {

  /** The packages of {@code io.deixis}, from the one that knows least to those that know most. */
  private static final List<String> PACKAGES =
      List.of(
          "files",
          "geometry",
          "metrics",
          "dataset",
          "language",
          "charts",
          "grounding",
          "answers",
          "engine",
          "runlog",
          "evaluation",
          "training",
          "batch",
          "archive",
          "service");

  private static final Set<String> MAY_USE_DJL = Set.of("engine", "training");

  /**
   * The service reaches the engine through the Grounder alone, so that the front can leave it out.
   */
  private static final List<String> FULL_BUILD_ONLY =
      List.of("engine", "training", "batch", "archive");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.deixis");

  static List<String> packages() {
    return PACKAGES;
  }

  static Stream<String> packagesWithoutDjl() {
    return PACKAGES.stream().filter(name -> !MAY_USE_DJL.contains(name));
  }

  @Test
  void everyClassIsInAPackageOfTheTable() {
    assertThat(CLASSES).isNotEmpty();
    String[] known = PACKAGES.stream().map(ArchitectureTest::within).toArray(String[]::new);
    noClasses().should().resideOutsideOfPackages(known).check(CLASSES);
  }

  @Test
  void aPackageCanBeSurveyed() {
    Map<String, Long> types =
        CLASSES.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(types).allSatisfy((name, count) -> assertThat(count).as(name).isLessThan(26));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void usesOnlyPackagesAboveIt(String name) {
    String[] below =
        PACKAGES.subList(PACKAGES.indexOf(name) + 1, PACKAGES.size()).stream()
            .map(ArchitectureTest::within)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(within(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(below)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void serviceKnowsNothingOfTheFullBuild() {
    noClasses()
        .that()
        .resideInAPackage(within("service"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            FULL_BUILD_ONLY.stream().map(ArchitectureTest::within).toArray(String[]::new))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("packagesWithoutDjl")
  void doesNotUseDjl(String name) {
    noClasses()
        .that()
        .resideInAPackage(within(name))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** A clock that is set while requests are in work moves no deadline and no measured time. */
  @Test
  void aRequestIsTimedByTheMonotonicClockAlone() {
    noClasses()
        .that()
        .resideInAnyPackage(within("grounding"), within("engine"), within("service"))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethodWhere(
            target(
                DescribedPredicate.describe(
                    "reads the time of day",
                    method ->
                        method.getOwner().getPackageName().equals("java.time")
                            && method.getName().matches("now|system.*"))))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("io.deixis.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void geometryUsesTheJdkAlone() {
    noClasses()
        .that()
        .resideInAPackage(within("geometry"))
        .should()
        .dependOnClassesThat(outsideTheJdkAnd("io.deixis.geometry"))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> outsideTheJdkAnd(String packageName) {
    return DescribedPredicate.describe(
        "are neither of the JDK nor of " + packageName,
        used ->
            !used.getPackageName().startsWith("java")
                && !used.getPackageName().startsWith(packageName)
                && !used.isPrimitive());
  }

  private static String within(String name) {
    return "io.deixis." + name + "..";
  }
}
