package io.deixis.archive;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ExitStatus;
import io.deixis.batch.launch.DeixisCommand;
import io.deixis.batch.training.TrainCommand;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.EngineSettings;
import io.deixis.engine.ModelSettings;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code archive features}: extracts the features of a training in the executors. Each task is
 * {@code train --shard I/N}, so that the files are those that it leaves; a task that is tried again
 * goes on where the last one left off.
 */
@Command(
    name = "features",
    mixinStandardHelpOptions = true,
    description = {
      "Extracts the features of a training in the executors, which see the same folders.",
      "Make what they share first, by train with --prepare-shards; then give the same options of"
          + " train here, after --."
    },
    footer = {
      "%nExample:",
      "  deixis train --data data --out models/mine --work runs/mine --prepare-shards",
      "  deixis archive features --shards 8 -- --data data --out models/mine --work runs/mine",
      "  deixis train --data data --out models/mine --work runs/mine"
    })
final class ArchiveFeaturesCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin SparkOptions spark = new SparkOptions();

  @Option(
      names = "--shards",
      required = true,
      paramLabel = "N",
      description = "Parts that the images are divided into, one a task.")
  int shards;

  @Parameters(
      arity = "1..*",
      paramLabel = "OPTION",
      description = "After --, the options of train.")
  List<String> training;

  @Override
  public Integer call() throws Exception {
    if (shards < 1) {
      throw CommandFailure.usage("--shards is 1 or more.");
    }
    Map<String, String> settings = spark.settings();
    settings.put("deixis.models.directory", spark.models().directory().toAbsolutePath().toString());
    settings.put("deixis.models.active", spark.models().active().get(0));
    settings.put("deixis.engine.device", spark.device);
    spark.run(
        session -> {
          JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
          context
              .parallelize(IntStream.range(0, shards).boxed().toList(), shards)
              .foreach(new ExtractShard(List.copyOf(training), shards, Map.copyOf(settings)));
          return null;
        });
    spec.commandLine().getOut().printf("The features of %d shards are there%n", shards);
    spec.commandLine().getOut().flush();
    return ExitStatus.OK.code();
  }

  /** Extracts one shard, as a machine does that is told to by hand. */
  private record ExtractShard(List<String> training, int shards, Map<String, String> settings)
      implements VoidFunction<Integer>, Serializable {

    @Override
    public void call(Integer shard) {
      List<String> arguments = new ArrayList<>(training);
      arguments.addAll(List.of("--shard", shard + "/" + shards));
      StringWriter refusal = new StringWriter();
      int code =
          DeixisCommand.prepared(new CommandLine(new TrainCommand(models(), "archive")))
              .setErr(new PrintWriter(refusal, true))
              .execute(arguments.toArray(String[]::new));
      if (code != ExitStatus.OK.code()) {
        throw new IllegalStateException(refusal.toString().strip());
      }
    }

    private ActiveModel models() {
      Map<String, String> all = new HashMap<>();
      all.put("deixis.engine.threads", Integer.toString(TaskContext.get().cpus()));
      all.putAll(settings);
      SmallRyeConfig config =
          new SmallRyeConfigBuilder()
              .addDiscoveredConverters()
              .withMapping(EngineSettings.class)
              .withMapping(ModelSettings.class)
              .withDefaultValues(all)
              .build();
      return new ActiveModel(
          config.getConfigMapping(EngineSettings.class),
          config.getConfigMapping(ModelSettings.class));
    }
  }
}
