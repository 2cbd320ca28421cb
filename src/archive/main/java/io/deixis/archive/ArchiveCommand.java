package io.deixis.archive;

import io.deixis.batch.BoxOptions;
import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.launch.DeixisCommand;
import io.deixis.engine.EmbeddedGrounder;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.ResolvedQuery;
import io.deixis.grounding.Threshold;
import io.deixis.language.opennlp.EnglishQueryReader;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code archive}: grounds millions of photos on Apache Spark. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {ArchiveEvaluateCommand.class, ArchiveFeaturesCommand.class},
    description = {
      "Grounds a whole archive of photos on Apache Spark, and writes a table with a row for each"
          + " photo and phrase.",
      "By ./deixis archive it runs on this machine; by spark-submit on a cluster. Places may be of"
          + " any file system that Spark knows."
    },
    footer = {
      "%nExamples:",
      "  deixis archive photos --phrases \"a red bicycle\" \"a rider\" --out boxes",
      "  deixis archive photos --phrases \"a red bicycle\" \"a rider\" --out boxes --resume",
      "  deixis archive table.parquet --bytes-column jpeg --path-column url --caption-column alt"
          + " --out boxes --format ndjson"
    })
public final class ArchiveCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin SparkOptions spark = new SparkOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "PHOTOS",
      description =
          "Folders or files of photos; with --bytes-column or --path-column Parquet" + " tables.")
  List<String> places = List.of();

  @ArgGroup Said said;

  /** What to look for, in one of several ways. */
  static final class Said {

    @Option(
        names = "--phrases",
        arity = "1..*",
        paramLabel = "TEXT",
        description = "Phrases to look for in every photo.")
    List<String> phrases;

    @Option(
        names = "--caption",
        paramLabel = "TEXT",
        description = "A sentence in place of phrases, plain or with [/EN#...] entity markup.")
    String caption;

    @Option(
        names = "--query",
        paramLabel = "TEXT",
        description = "What you would type, in place of phrases.")
    String query;

    @Option(
        names = "--phrases-column",
        paramLabel = "NAME",
        description = "The table's column of phrases, a text or a list of texts for each photo.")
    String phrasesColumn;

    @Option(
        names = "--caption-column",
        paramLabel = "NAME",
        description = "The table's column of captions.")
    String captionColumn;

    @Option(
        names = "--query-column",
        paramLabel = "NAME",
        description = "The table's column of queries.")
    String queryColumn;

    Words words() {
      if (phrases != null) {
        return new Words(Words.Kind.PHRASES, List.copyOf(phrases));
      }
      if (phrasesColumn != null) {
        return new Words(Words.Kind.PHRASES, List.of());
      }
      boolean isCaption = caption != null || captionColumn != null;
      String text = isCaption ? caption : query;
      return new Words(
          isCaption ? Words.Kind.CAPTION : Words.Kind.QUERY,
          text == null ? List.of() : List.of(text));
    }

    String column() {
      return phrasesColumn != null
          ? phrasesColumn
          : captionColumn != null ? captionColumn : queryColumn;
    }
  }

  @Option(
      names = "--bytes-column",
      paramLabel = "NAME",
      description = "The table's column with the photos' bytes.")
  String bytesColumn;

  @Option(
      names = "--path-column",
      paramLabel = "NAME",
      description =
          "The table's column with the photos' paths beneath --root; with --bytes-column, with"
              + " their names.")
  String pathColumn;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "The folder of the photos that a table names by path.")
  String root;

  @Option(names = "--out", paramLabel = "DIR", description = "The folder of the table.")
  String out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = AnswerTable.PARQUET,
      description = "parquet or ndjson (default: ${DEFAULT-VALUE}).")
  String format;

  @Option(
      names = "--partition-by",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns with a folder for each value: model, version or both.")
  List<String> partitions = List.of();

  @Option(
      names = "--resume",
      description =
          "Go on with the table that is there: photos that it has, with the same content, words,"
              + " options and model, are not grounded again.")
  boolean resume;

  @Mixin BoxOptions boxes = new BoxOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest time for a photo, from 0.001 (default: ${DEFAULT-VALUE}).")
  double timeout;

  @Option(
      names = "--photos-per-task",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Photos of a task, and so of a file, at most; what a killed executor or driver costs for"
              + " each of its cores (default: ${DEFAULT-VALUE}). A table with the photos' bytes"
              + " keeps its own division.")
  int photosPerTask;

  /** Where the job starts, by {@code ./deixis archive} and by {@code spark-submit} alike. */
  public static void main(String... arguments) {
    // Numbers are read by machines and written into files: they look the same everywhere.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    // Read as the log begins, before the options are.
    System.setProperty(
        "deixis.log.traces", List.of(arguments).contains("--verbose") ? "full" : "none");
    int code = DeixisCommand.prepared(new CommandLine(new ArchiveCommand())).execute(arguments);
    if (code != ExitStatus.OK.code()) {
      System.exit(code); // a cluster takes an early exit for a failure, so not where all went well
    }
  }

  @Override
  public Integer call() throws Exception {
    if (places.isEmpty() || said == null || out == null) {
      throw CommandFailure.usage(
          "Name the photos, what to look for (--phrases, --caption, --query or a column of them)"
              + " and --out, the folder of the table.");
    }
    GroundingJob job = job();
    PrintWriter terminal = spec.commandLine().getOut();
    GroundingJob.Result result =
        spark.run(session -> job.run(session, spec.commandLine().getErr()));
    terminal.printf(
        Locale.ROOT,
        "%s: %,d photos grounded, %,d phrases answered, %,d photos refused, %,d there already%n",
        out,
        result.photos(),
        result.phrases(),
        result.failures(),
        result.skipped());
    terminal.flush();
    return ExitStatus.OK.code();
  }

  private GroundingJob job() {
    Words words = said.words();
    check(words);
    return new GroundingJob(
        source(),
        bytesColumn == null && pathColumn != null ? root : null,
        words,
        new AnswerOptions(
            boxes.threshold(),
            boxes.top(),
            boxes.nms(),
            Duration.ofMillis(Math.round(1000 * timeout))),
        spark.bundle(),
        spark::model,
        table(),
        resume,
        photosPerTask);
  }

  /** Refuses what every photo would be refused for. */
  private void check(Words words) {
    if (boxes.threshold() != null) {
      Threshold.parse(boxes.threshold());
    }
    new GroundingOptions(Threshold.BEST, boxes.top(), boxes.nms() == null ? 1 : boxes.nms());
    if (!words.texts().isEmpty()) {
      OpenNlpCaptionChunker language = new OpenNlpCaptionChunker();
      ResolvedQuery.of(
          words.query(),
          language,
          new EnglishQueryReader(language),
          EmbeddedGrounder.limits(spark.settings()));
    }
    if (!(timeout >= 0.001 && timeout <= 86_400) || spark.batch < 0 || photosPerTask < 1) {
      throw CommandFailure.usage(
          "--timeout is from 0.001 to 86400, --photos-per-task 1 or more, --batch 0 or more.");
    }
  }

  private PhotoSource source() {
    boolean table = bytesColumn != null || pathColumn != null;
    if (!table && said.column() != null) {
      throw CommandFailure.usage(
          "A column of words needs a table; name its photos with --bytes-column or --path-column.");
    }
    if (bytesColumn == null && pathColumn != null && root == null) {
      throw CommandFailure.usage(
          "A table of paths needs --root, the folder beneath which its photos are.");
    }
    return new PhotoSource(
        places,
        table
            ? Optional.of(new PhotoSource.Columns(pathColumn, bytesColumn, said.column()))
            : Optional.empty());
  }

  private AnswerTable table() {
    if (!List.of(AnswerTable.PARQUET, AnswerTable.NDJSON).contains(format)) {
      throw CommandFailure.usage("There is no format \"%s\"; use parquet or ndjson.", format);
    }
    if (!AnswerTable.PARTITION_COLUMNS.containsAll(partitions)) {
      throw CommandFailure.usage(
          "A table is divided by %s.", String.join(" or ", AnswerTable.PARTITION_COLUMNS));
    }
    return new AnswerTable(out, format, List.copyOf(partitions));
  }
}
