package io.deixis.batch.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deixis.answers.AnswerWriters;
import io.deixis.answers.JsonWriter;
import io.deixis.answers.YoloWriter;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.SmallModels;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.EngineSettings;
import io.deixis.engine.LocalGrounder;
import io.deixis.engine.ModelSettings;
import io.deixis.engine.SmallBundle;
import io.deixis.engine.image.TrainerPhotos;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.requests.GroundingService;
import io.deixis.grounding.requests.ThresholdConfig;
import io.deixis.language.QueryReader;
import io.deixis.language.opennlp.EnglishQueryReader;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The same mistake ends every command with the same code. */
class RefusedArgumentsTest {

  private static final Set<Class<?>> NUMBERS =
      Set.of(
          int.class,
          long.class,
          double.class,
          Integer.class,
          Long.class,
          Double.class,
          Float.class,
          float.class);

  @TempDir private static Path folder;

  private static Map<Class<?>, Object> beans;

  @BeforeAll
  static void write() throws Exception {
    new SyntheticDataset(1, 1, 1, 1).write(folder.resolve("data"));
    Files.writeString(folder.resolve("classes.txt"), "dog\n");
    Files.createDirectories(folder.resolve("photos"));
    Path drawn = folder.resolve("data/images");
    try (Stream<Path> images = Files.list(drawn)) {
      Files.copy(images.findFirst().orElseThrow(), folder.resolve("photos/photo.jpg"));
    }
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.createDirectories(models.resolve("empty"));
    Files.writeString(models.resolve("plain"), "no folder");
    ActiveModel active = SmallModels.write(models);
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(GroundingLimits.class)
            .withMapping(ThresholdConfig.class)
            .withMapping(EngineSettings.class)
            .withMapping(ModelSettings.class)
            .withDefaultValue("deixis.engine.device", "cpu")
            .withDefaultValue("deixis.engine.threads", "1")
            .withDefaultValue("deixis.models.directory", models.toString())
            .withDefaultValue("deixis.models.active", SmallBundle.NAME)
            .build();
    OpenNlpCaptionChunker chunker = new OpenNlpCaptionChunker();
    QueryReader reader = new EnglishQueryReader(chunker);
    GroundingLimits limits = config.getConfigMapping(GroundingLimits.class);
    EngineSettings engine = config.getConfigMapping(EngineSettings.class);
    Grounder grounder =
        new LocalGrounder(engine, active, limits, chunker, reader, new SimpleMeterRegistry());
    ObjectMapper mapper = new ObjectMapper();
    Map<Class<?>, Object> most =
        Map.of(
            ActiveModel.class,
            active,
            Grounder.class,
            grounder,
            GroundingService.class,
            new GroundingService(grounder, limits, config.getConfigMapping(ThresholdConfig.class)),
            AnswerWriters.class,
            new AnswerWriters(List.of(new JsonWriter(mapper), new YoloWriter())),
            ObjectMapper.class,
            mapper,
            QueryReader.class,
            reader,
            EngineSettings.class,
            engine,
            ModelSettings.class,
            config.getConfigMapping(ModelSettings.class),
            String.class,
            "test",
            int.class,
            0);
    beans = new HashMap<>(most);
    beans.put(TrainerPhotos.class, new TrainerPhotos(limits));
  }

  /** Makes commands as the runtime does: by their constructor, whose parameters are beans. */
  private static <K> K made(Class<K> type) throws Exception {
    if (!type.getName().startsWith("io.deixis.")) {
      return CommandLine.defaultFactory().create(type);
    }
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    Object[] parameters = Arrays.stream(constructor.getParameterTypes()).map(beans::get).toArray();
    return type.cast(constructor.newInstance(parameters));
  }

  private record Run(int status, String err) {}

  private static Run run(String... arguments) {
    StringWriter err = new StringWriter();
    int status =
        DeixisCommand.commandLine(RefusedArgumentsTest::made)
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err, true))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .execute(arguments);
    return new Run(status, err.toString());
  }

  private static Run run(String line) {
    return run(
        Arrays.stream(line.split(" "))
            .map(word -> word.startsWith("@") ? folder.resolve(word.substring(1)).toString() : word)
            .toArray(String[]::new));
  }

  /** Command lines in which a word with an at sign is a path. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
            of(
                ExitStatus.INPUT,
                "ground @nope.jpg dog",
                "ground @photos dog --format yolo --classes @nope --out @out",
                "label @nope --classes @classes.txt --out @out",
                "label @photos --classes @nope --out @out",
                "dataset check @nope",
                "dataset stats @nope",
                "dataset pairs @nope",
                "dataset split @nope --into a=0.5,b=0.5",
                "dataset questions @nope --out @out",
                "train --data @nope --out @out",
                "train --data @data --start @nope --out @out",
                "evaluate --data @nope",
                "evaluate --data @data --training @nope --report @out",
                "evaluate --data @data --training @photos --report @out",
                "evaluate --data @data --split nope",
                "compare --data @nope small",
                "compare --data @data --split nope small",
                "score --data @nope --baseline whole-image",
                "score --data @data --predictions @nope",
                "score --data @data --split nope --baseline whole-image",
                "sweep --data @nope",
                "sweep --data @data --split nope",
                "calibrate --data @nope",
                "calibrate --data @data --split nope",
                "bundle import @nope --name new"),
            Stream.of("nope", "empty", "plain", "../nope")
                .flatMap(
                    name ->
                        of(
                            ExitStatus.UNAVAILABLE,
                            "bundle inspect " + name,
                            "bundle verify " + name,
                            "bundle seal " + name,
                            "bundle export " + name + " --to @out.zip",
                            "ground @photos/photo.jpg dog --model " + name,
                            "label @photos --classes @classes.txt --out @labels --model " + name,
                            "dataset pairs @data --model " + name,
                            "train --data @data --out @out --from " + name,
                            "evaluate --data @data --model " + name,
                            "compare --data @data small " + name,
                            "sweep --data @data --model " + name,
                            "calibrate --data @data --model " + name)),
            of(
                ExitStatus.USAGE,
                "serve --port 70000",
                "doctor --port 70000",
                "doctor --port -1",
                "ground @photos dog --fps 0",
                "ground @photos dog --nms 2",
                "ground @photos dog --top 0",
                "ground @photos dog --threshold 2",
                "ground @photos dog --threshold high",
                "label @photos --classes @classes.txt --out @out --val 1",
                "dataset check @data --show -1",
                "dataset questions @data --out @out --limit 0",
                "dataset synth @out --images 2",
                "evaluate --data @data --gallery -1",
                "compare --data @data --timed 0 small",
                "train --data @data --out @out --epochs 0",
                "train --data @data --out @out --heads 0",
                "train --data @data --out @out --joint-epochs -1",
                "train --data @data --out @out --batch 0",
                "train --data @data --out @out --proposal-images -1",
                "train --data @data --out @out --proposal-epochs 0",
                "train --data @data --out @out --patience -1",
                "train --data @data --out @out --held-out 0",
                "train --data @data --out @out --checkpoint-steps 0",
                "train --data @data --out @out --dropout 1",
                "train --data @data --out @out --lr 0",
                "train --data @data --out @out --proposal-lr -0.1",
                "train --data @data --out @out --pos-weight 0",
                "train --data @data --out @out --oversample 1:0",
                "train --data @data --out @out --shard 4/4",
                "bundle import @data --name new --nms 1.1",
                "bundle import @data --name new --photo 0",
                "ground @photos dog --top 5000000000",
                "ground @photos dog --image-id 99999999999999999999",
                "train --data @data --out @out --seed 2147483648"),
            of(
                ExitStatus.USAGE,
                "ground @photos dog --format zz",
                "label @photos --classes @classes.txt --out @out --format zz",
                "dataset check @data --format zz",
                "dataset stats @data --format zz",
                "dataset pairs @data --format zz",
                "dataset split @data --into a=0.5,b=0.5 --format zz",
                "dataset split @data --into a=0.5,b=2",
                "dataset questions @data --out @out --format zz",
                "train --data @data --out @out --format zz",
                "train --data @data --out @out --without-siblings zz",
                "evaluate --data @data --format zz",
                "evaluate --data @data --unseen zz",
                "compare --data @data --format zz small",
                "compare --data @data --unseen zz small",
                "score --data @data --format zz --baseline whole-image",
                "score --data @data --baseline zz",
                "sweep --data @data --format zz",
                "calibrate --data @data --format zz"))
        .flatMap(rows -> rows);
  }

  private static Stream<Arguments> of(ExitStatus status, String... lines) {
    return Stream.of(lines).map(line -> arguments(status, line));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("mistakes")
  void theSameMistakeHasTheSameCode(ExitStatus status, String line) {
    Run run = run(line);

    assertThat(run.status).as(run.err).isEqualTo(status.code());
    assertThat(run.err).isNotBlank().doesNotContain("\tat ", "Exception");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  /** Which names no file can have depends on the system; this one none anywhere. */
  @Test
  void whatCanBeNoPathIsToldWithoutTheInside() {
    String name = "a\0b";
    for (Run run :
        List.of(
            run("dataset", "check", name),
            run("evaluate", "--data", name),
            run("ground", name + ".jpg", "dog"),
            run("bundle", "verify", name),
            run("ground", folder.resolve("photos").toString(), "dog", "--model", name))) {
      assertThat(run.status)
          .as(run.err)
          .isIn(ExitStatus.USAGE.code(), ExitStatus.INPUT.code(), ExitStatus.UNAVAILABLE.code());
      assertThat(run.err).contains("a\\u0000b").doesNotContain("java.", "Exception", "\0");
    }
  }

  static Stream<CommandLine> commands() {
    List<CommandLine> leaves = new ArrayList<>();
    collect(DeixisCommand.commandLine(RefusedArgumentsTest::made), leaves);
    return leaves.stream();
  }

  private static void collect(CommandLine command, List<CommandLine> leaves) {
    if (command.getSubcommands().isEmpty()) {
      leaves.add(command);
    }
    command.getSubcommands().values().forEach(sub -> collect(sub, leaves));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commands")
  void whatIsNoNumberOrOptionIsAnArgumentNotUnderstood(CommandLine command) {
    String[] name = command.getCommandSpec().qualifiedName().split(" ");
    String[] line = Arrays.copyOfRange(name, 1, name.length + 1);
    line[line.length - 1] = "--nosuch";
    assertThat(run(line).status).isEqualTo(ExitStatus.USAGE.code());
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (NUMBERS.contains(option.type())) {
        line[line.length - 1] = option.longestName() + "=many";
        Run run = run(line);
        assertThat(run.status).as(option.longestName()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(run.err).contains("'" + option.longestName() + "'", "'many'", "--help");
      }
    }
  }
}
