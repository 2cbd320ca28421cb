package io.deixis.archive;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.engine.ModelSettings;
import io.deixis.engine.bundle.ModelBundle;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/** What all jobs share: the model, where it computes, and Spark. */
final class SparkOptions {

  /** Settings of the grounder among those of Spark. */
  private static final String SETTINGS = "spark.deixis.";

  /** How the addresses of standalone masters begin. */
  private static final String STANDALONE = "spark://";

  private static final int MILLIS_TO_CONNECT = 5_000;

  private static final String COMMITTER =
      "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version";

  @Option(
      names = "--model",
      paramLabel = "NAME|DIR",
      description = "The bundle, by its name or folder (default: deixis.models.active).")
  String model;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu|gpuN",
      defaultValue = "auto",
      description =
          "Where the executors compute (default: ${DEFAULT-VALUE}). A GPU that Spark assigns goes"
              + " before it.")
  String device;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Photos that one pass encodes together at most (default: 1 on a CPU, 16 on a GPU).")
  int batch;

  @Option(
      names = "--verbose",
      description = "Log what happens, faults with their stack traces included.")
  boolean verbose;

  private final SparkConf conf =
      new SparkConf()
          .setIfMissing("spark.master", "local[*]")
          .setIfMissing("spark.app.name", "deixis archive")
          // What a task has committed is there for good, so that a driver that ends early costs no
          // more than what its tasks had in work.
          .setIfMissing(COMMITTER, "2")
          // Rows that are in memory together: those of a table may hold photos.
          .setIfMissing("spark.sql.parquet.columnarReaderBatchSize", "16")
          // A second attempt beside the first would work in the same folder of features.
          .setIfMissing("spark.speculation", "false");

  /** Work that needs Spark. */
  @FunctionalInterface
  interface Work<T> {

    T with(SparkSession spark) throws Exception;
  }

  /** Does some work, and tells why a job ended without Spark's frames around it. */
  <T> T run(Work<T> work) throws Exception {
    if (verbose) {
      conf.set("spark.log.level", "INFO");
    }
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.executor.heartbeatInterval", "2s"); // by which progress is told
      // A machine that is very busy may be late for ten minutes, as with Spark's own interval.
      conf.setIfMissing("spark.executor.heartbeat.maxFailures", "300");
    }
    if (conf.contains("spark.executor.cores")) {
      // Whatever runs in an executor has as many threads as Spark gave it cores.
      conf.setIfMissing(
          "spark.executor.defaultJavaOptions",
          "-XX:ActiveProcessorCount=" + conf.get("spark.executor.cores"));
    }
    try (SparkSession spark = session()) {
      return work.with(spark);
    } catch (Exception failure) {
      throw failure instanceof SparkException ? told(failure) : failure;
    }
  }

  private SparkSession session() {
    String master = conf.get("spark.master");
    if (master.startsWith(STANDALONE)) {
      checkListens(master);
    }
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception failure) {
      throw new CommandFailure(
          ExitStatus.UNAVAILABLE,
          "Spark cannot start with the master \"%s\" (%s); check that it is there, and its address."
              .formatted(master, firstCause(failure)),
          failure);
    }
  }

  /** Refuses a master that nobody listens at, for which Spark would look for more than a minute. */
  private static void checkListens(String master) {
    List<String> addresses = List.of(master.substring(STANDALONE.length()).split(","));
    if (addresses.stream().noneMatch(SparkOptions::listens)) {
      throw new CommandFailure(
          ExitStatus.UNAVAILABLE,
          "No Spark master listens at \"%s\"; start it, or name another.".formatted(master));
    }
  }

  private static boolean listens(String address) {
    try (Socket socket = new Socket()) {
      URI place = URI.create(STANDALONE + address);
      socket.connect(new InetSocketAddress(place.getHost(), place.getPort()), MILLIS_TO_CONNECT);
      return true;
    } catch (IOException | IllegalArgumentException nobody) {
      return false;
    }
  }

  private static CommandFailure told(Exception failure) {
    return new CommandFailure(
        ExitStatus.UNAVAILABLE,
        "The job ended early: %s; run it again, grounding with --resume, and with --verbose to log more."
            .formatted(firstCause(failure)),
        failure);
  }

  private static String firstCause(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  /** Returns the settings of the grounder, by their own names. */
  Map<String, String> settings() {
    return Arrays.stream(conf.getAllWithPrefix(SETTINGS))
        .collect(
            Collectors.toMap(
                pair -> "deixis." + pair._1(), pair -> pair._2(), (a, b) -> b, HashMap::new));
  }

  /** Returns where bundles are. */
  ModelSettings models() {
    return new SmallRyeConfigBuilder()
        .addDefaultSources()
        .addDiscoveredConverters()
        .withMapping(ModelSettings.class)
        .build()
        .getConfigMapping(ModelSettings.class);
  }

  /** Opens the bundle, whose hashes are verified. */
  ModelBundle bundle() {
    if (model == null) {
      return ModelBundle.open(models().directory().resolve(models().active().get(0)));
    }
    Path folder = Path.of(model);
    return ModelBundle.open(
        Files.isDirectory(folder) ? folder : models().directory().resolve(model));
  }

  /** Returns what the executors load. */
  ExecutorModel.Key model(ModelFiles files) {
    return new ExecutorModel.Key(files, device, batch, Map.copyOf(settings()));
  }
}
