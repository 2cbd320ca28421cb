package io.deixis.batch;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TerminalTest {

  /** They print documents for machines, colours of their own, or nothing. */
  private static final Set<String> PAST_THE_TERMINAL =
      Set.of(
          "io.deixis.batch.Terminal",
          "io.deixis.batch.ResultOutput",
          "io.deixis.batch.ground.GroundCommand",
          "io.deixis.batch.doctor.DoctorCommand",
          "io.deixis.batch.launch.DeixisApplication",
          "io.deixis.batch.launch.FailureReport");

  private final StringWriter written = new StringWriter();
  private final Terminal terminal = Terminal.of(new PrintWriter(written));

  @Test
  void whatIsInsertedIsOneLine() {
    terminal.printf("%s: %s%n", Path.of("a\u001b[2Jb"), "c\nd\u009be");
    terminal.printf(Locale.ROOT, "%,d of %.2f %s\n", 12_345, 0.5, null);

    assertThat(written.toString().replace(System.lineSeparator(), "\n"))
        .isEqualTo("a\\u001b[2Jb: c\\nd\\u009be\n12,345 of 0.50 null\n");
  }

  @Test
  void aTextOfSeveralLinesKeepsThem() {
    terminal.print("a\tb\n\u001b[31mc\n");
    terminal.append("d\u0007").println();

    assertThat(written.toString().replace(System.lineSeparator(), "\n"))
        .isEqualTo("a\tb\n\\u001b[31mc\nd\\u0007\n");
  }

  @Test
  void commandsWriteForPeopleThroughIt() {
    noClasses()
        .that()
        .haveNameNotMatching(String.join("|", PAST_THE_TERMINAL))
        .should()
        .callMethodWhere(
            target(nameMatching("getOut|getErr"))
                .and(target(owner(nameMatching(CommandLine.class.getName())))))
        .check(
            new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages("io.deixis.batch"));
  }
}
