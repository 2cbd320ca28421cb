package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.deixis.answers.AnswerWriter;
import io.deixis.answers.AnswerWriters;
import io.deixis.batch.launch.DeixisCommand;
import io.deixis.engine.EmbeddedGrounder;
import io.deixis.grounding.GroundingLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The references in {@code docs/reference} say what the code says. With {@code
 * -Ddeixis.reference=write} they are written instead of compared.
 */
class ReferenceTest {

  private static final Path REFERENCE = Path.of("docs", "reference");
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final String GENERATED =
      "\n<!-- Written by ReferenceTest from the code: ./mvnw test -Dtest=ReferenceTest"
          + " -Ddeixis.reference=write -->\n\n";

  @Test
  void commands() throws IOException {
    StringBuilder page = new StringBuilder("# Commands\n" + GENERATED);
    page.append("What `./deixis COMMAND --help` prints, of every command.\n");
    CommandLine deixis = DeixisCommand.commandLine(ReferenceTest::withoutBeans);
    // The exit codes have a page of their own.
    deixis.getCommandSpec().usageMessage().exitCodeListHeading("").exitCodeList(Map.of());
    describe(deixis, page);
    compare("commands.md", page.toString());
  }

  @Test
  void exitCodes() throws IOException {
    String rows =
        Arrays.stream(ExitStatus.values())
            .map(status -> "| %d | %s |\n".formatted(status.code(), status.meaning()))
            .collect(Collectors.joining());
    compare(
        "exit-codes.md",
        "# Exit codes\n"
            + GENERATED
            + "Every failure of a command is one sentence on the error stream and one of these.\n\n"
            + "| code | meaning |\n|---|---|\n"
            + rows);
  }

  @Test
  void configuration() throws IOException {
    StringBuilder page = new StringBuilder("# Configuration\n" + GENERATED);
    page.append(
        """
        Set a key as an environment variable (`DEIXIS_LIMITS_PHRASES=100 ./deixis serve`), as a system
        property (`JAVA_OPTS=-Ddeixis.limits.phrases=100 ./deixis serve`), or in
        `config/application.properties` of the folder you start from. The keys of Quarkus
        (`quarkus.http.port`, `quarkus.http.host` …) work too.

        | key | default | what |
        |---|---|---|
        """);
    settings().stream().sorted().forEach(page::append);
    compare("configuration.md", page.toString());
  }

  private static void compare(String name, String expected) throws IOException {
    Path file = REFERENCE.resolve(name);
    if ("write".equals(System.getProperty("deixis.reference"))) {
      Files.createDirectories(REFERENCE);
      Files.writeString(file, expected);
    }
    assertThat(file)
        .as("run ./mvnw test -Dtest=ReferenceTest -Ddeixis.reference=write")
        .hasContent(expected);
  }

  private static void describe(CommandLine command, StringBuilder page) {
    command.setUsageHelpWidth(100);
    page.append("\n## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
    page.append(command.getUsageMessage(Ansi.OFF).stripTrailing().replaceAll(" +\n", "\n"));
    page.append("\n```\n");
    command.getSubcommands().values().forEach(subcommand -> describe(subcommand, page));
  }

  /** Makes a command that cannot run, but can be asked for its options. */
  private static <T> T withoutBeans(Class<T> type) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    Object[] beans = Stream.of(constructor.getParameterTypes()).map(ReferenceTest::bean).toArray();
    constructor.setAccessible(true);
    return type.cast(constructor.newInstance(beans));
  }

  private static Object bean(Class<?> type) {
    if (type == AnswerWriters.class) {
      return writers();
    }
    if (type == GroundingLimits.class) {
      return EmbeddedGrounder.limits(Map.of());
    }
    return type == ObjectMapper.class
        ? new ObjectMapper()
        : Array.get(Array.newInstance(type, 1), 0);
  }

  /** Returns the formats of answers, whose names the help lists. */
  private static AnswerWriters writers() {
    List<AnswerWriter> writers = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.deixis.answers", "io.deixis.engine")) {
      if (type.isAssignableTo(AnswerWriter.class) && !type.isInterface()) {
        try {
          writers.add((AnswerWriter) withoutBeans(type.reflect()));
        } catch (Exception impossible) {
          throw new IllegalStateException(impossible);
        }
      }
    }
    return new AnswerWriters(writers);
  }

  /** Returns a row of the table for each setting of each {@code @ConfigMapping}. */
  private static List<String> settings() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files =
          all.filter(file -> file.toString().endsWith(".java"))
              .filter(ReferenceTest::maps)
              .toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      List<String> rows = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        TreePath path = new TreePath(unit);
        for (Tree type : unit.getTypeDecls()) {
          ClassTree mapping = (ClassTree) type;
          argument(mapping.getModifiers(), "ConfigMapping")
              .ifPresent(
                  prefix -> rows(DocTrees.instance(task), new TreePath(path, type), prefix, rows));
        }
      }
      return rows;
    }
  }

  private static boolean maps(Path file) {
    try {
      return Files.readString(file).contains("@ConfigMapping(");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void rows(DocTrees docs, TreePath path, String prefix, List<String> rows) {
    ClassTree mapping = (ClassTree) path.getLeaf();
    for (Tree member : mapping.getMembers()) {
      if (!(member instanceof MethodTree method)) {
        continue;
      }
      String type = method.getReturnType().toString();
      String key =
          prefix
              + "."
              + argument(method.getModifiers(), "WithName").orElse(kebab(method.getName()));
      Optional<? extends Tree> group =
          mapping.getMembers().stream()
              .filter(other -> other instanceof ClassTree)
              .filter(other -> ((ClassTree) other).getSimpleName().contentEquals(type))
              .findFirst();
      if (group.isPresent()) {
        rows(docs, new TreePath(path, group.get()), key, rows);
        continue;
      }
      if (type.startsWith("Map<")) {
        key += ".NAME";
      }
      Optional<String> value = argument(method.getModifiers(), "WithDefault");
      DocCommentTree comment = docs.getDocCommentTree(new TreePath(path, method));
      assertThat(comment).as("Javadoc of " + key).isNotNull();
      rows.add(
          "| `%s` | %s | %s |\n"
              .formatted(
                  key, value.map(text -> "`" + text + "`").orElse(""), plain(comment, value)));
    }
  }

  private static String plain(DocCommentTree comment, Optional<String> value) {
    String text =
        comment.getFullBody().stream()
            .map(Object::toString)
            .collect(Collectors.joining())
            .replaceAll("\\s+", " ")
            .replaceAll("\\{@code ([^}]*)}", "`$1`")
            .replaceAll("\\{@link #?([^}]*)}", "`$1`")
            .replace("|", "\\|");
    // The table has a column for it.
    return value.isEmpty() ? text : text.replaceAll(" Default:? [^;:]*?\\.$", "");
  }

  /** Returns the text that an annotation has as its only argument, or as its prefix. */
  private static Optional<String> argument(ModifiersTree modifiers, String annotation) {
    for (AnnotationTree present : modifiers.getAnnotations()) {
      if (present.getAnnotationType().toString().equals(annotation)) {
        ExpressionTree argument = present.getArguments().get(0);
        if (argument instanceof AssignmentTree assignment) {
          argument = assignment.getExpression();
        }
        return Optional.of(((LiteralTree) argument).getValue().toString());
      }
    }
    return Optional.empty();
  }

  private static String kebab(CharSequence name) {
    return name.toString().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
