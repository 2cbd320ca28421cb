package io.deixis.bench;

import ai.djl.Device;
import io.deixis.dataset.Flickr30kEntities;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.training.BundleSettings;
import io.deixis.training.BundleTraining;
import io.deixis.training.TrainingOrigin;
import io.deixis.training.TrainingPaths;
import io.deixis.training.joint.JointSettings;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.monitor.TrainingListener;
import io.deixis.training.proposals.ProposalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the throughput of each stage of a training on drawn images: images a second of
 * fine-tuning, of the projection's fit, of feature extraction and of the head, and the head's
 * query-region pairs a second. The first steps of a stage warm up and do not count. Then tells
 * where a step's time goes, part by part, from samples of the stack.
 *
 * <p>System properties: {@code bench.images} (240), {@code bench.epochs} of the head (6), {@code
 * bench.graph} (the graph to start from), {@code bench.threads} (0: the engine's default).
 */
public final class TrainingBenchmark implements TrainingListener {

  private static final int WARM_UP = 5;
  private static final int HELD_OUT = 20;

  private final Map<String, Stage> stages = new LinkedHashMap<>();

  /** Counts one stage. */
  private static final class Stage {
    private long steps;
    private long began;
    private double seconds;
    private long images;
    private long pairs;
  }

  /** Runs a small training and prints the table. */
  public static void main(String... arguments) throws IOException {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path graph =
        Path.of(
            System.getProperty(
                "bench.graph", root.resolve("models/deixis-small/backbone.pt").toString()));
    int images = Integer.getInteger("bench.images", 240);
    HeadSettings head = HeadSettings.DEFAULTS.withEpochs(Integer.getInteger("bench.epochs", 6));
    ProposalSettings proposals = ProposalSettings.DEFAULTS;
    BundleSettings settings =
        new BundleSettings(
            "1",
            HELD_OUT,
            false,
            images,
            false,
            0,
            0,
            new ProposalSettings(
                images / 2,
                1,
                proposals.batchSize(),
                proposals.learningRate(),
                proposals.backboneScale(),
                proposals.seed()),
            head,
            1,
            JointSettings.DEFAULTS.withEpochs(1));
    Path folder = Files.createTempDirectory("deixis-bench");
    try {
      Device device = TorchEngine.start(Integer.getInteger("bench.threads", 0)).device("auto");
      new SyntheticDataset(images + HELD_OUT, 0, 0, 1).write(folder.resolve("data"));
      TrainingBenchmark benchmark = new TrainingBenchmark();
      String trainer = Thread.currentThread().getName();
      StackSampler sampler =
          new StackSampler()
              .with(trainer, TrainingProfiles.PROPOSAL_STEP)
              .with(trainer, TrainingProfiles.EXTRACTION)
              .with("image-prefetch", TrainingProfiles.PHOTOS)
              .with(trainer, TrainingProfiles.HEAD_STEP)
              .with(trainer, TrainingProfiles.JOINT_STEP);
      try (sampler) {
        sampler.start();
        new BundleTraining(
                Flickr30kEntities.open(folder.resolve("data")),
                settings,
                device,
                new TrainingPaths(graph, folder.resolve("work"), folder.resolve("bundle")),
                Integer.MAX_VALUE,
                new TrainingOrigin("benchmark", "benchmark"))
            .run(benchmark);
      }
      benchmark.print(device);
      sampler.print();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Override
  public void onStep(Progress progress) {
    Stage stage = stages.computeIfAbsent(progress.stage(), name -> new Stage());
    long now = System.nanoTime();
    if (++stage.steps == WARM_UP) {
      stage.began = now;
    } else if (stage.steps > WARM_UP) {
      stage.images++;
      stage.seconds = (now - stage.began) / 1e9;
    }
  }

  @Override
  public void onTrainingStep(Step step) {
    Stage stage = stages.computeIfAbsent(step.stage(), name -> new Stage());
    if (++stage.steps > WARM_UP) {
      stage.images += step.images();
      stage.pairs += step.pairs();
      stage.seconds += step.seconds();
    }
  }

  private void print(Device device) {
    System.out.printf(
        "Training on %s, %d processors%n%n%-12s %12s %12s%n",
        device, Runtime.getRuntime().availableProcessors(), "stage", "images/s", "pairs/s");
    stages.forEach(
        (name, stage) -> {
          if (stage.images > 0 && !name.equals("phrases")) {
            System.out.printf(
                "%-12s %12.1f %12s%n",
                name,
                stage.images / stage.seconds,
                stage.pairs == 0 ? "" : String.format("%,.0f", stage.pairs / stage.seconds));
          }
        });
  }
}
