package io.deixis.bench;

import ai.djl.Device;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.training.BundleSettings;
import io.deixis.training.BundleTraining;
import io.deixis.training.TrainingOrigin;
import io.deixis.training.TrainingPaths;
import io.deixis.training.joint.JointSettings;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.proposals.ProposalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Measures the throughput of each stage of a training on drawn images: images a second of
 * fine-tuning, of the projection's fit, of feature extraction and of the head, and the head's
 * query-region pairs a second. The first steps of a stage warm up and do not count. A second run of
 * the same work then tells where a step's time goes, part by part, from samples of the stack; its
 * throughput, as a share of the undisturbed run's, tells what the sampling costs. A short rehearsal
 * comes first, so that none of the two finds code that is compiled less.
 *
 * <p>System properties: {@code bench.images} (240), {@code bench.epochs} of the head (6), {@code
 * bench.graph} (the graph to start from), {@code bench.threads} (0: the engine's default).
 */
public final class TrainingBenchmark {

  private static final int HELD_OUT = 20;
  private static final int REHEARSED = 24;

  private final Path graph;
  private final Device device;
  private final Path folder;

  private TrainingBenchmark(Path graph, Device device, Path folder) {
    this.graph = graph;
    this.device = device;
    this.folder = folder;
  }

  /** Runs small trainings and prints the tables. */
  public static void main(String... arguments) throws IOException {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path graph =
        Path.of(
            System.getProperty(
                "bench.graph", root.resolve("models/deixis-small/backbone.pt").toString()));
    int images = Integer.getInteger("bench.images", 240);
    int epochs = Integer.getInteger("bench.epochs", 6);
    Path folder = Files.createTempDirectory("deixis-bench");
    try {
      Device device = TorchEngine.start(Integer.getInteger("bench.threads", 0)).device("auto");
      TrainingBenchmark benchmark = new TrainingBenchmark(graph, device, folder);
      benchmark.train("rehearsal", Math.min(REHEARSED, images), 1);
      StageRates undisturbed = benchmark.train("undisturbed", images, epochs);
      StackSampler sampler = TrainingProfiles.sampler(Thread.currentThread().getName());
      StageRates sampled;
      try (sampler) {
        sampler.start();
        sampled = benchmark.train("sampled", images, epochs);
      }
      System.out.printf(
          "Training on %s, %d processors%n%n", device, Runtime.getRuntime().availableProcessors());
      undisturbed.print(sampled);
      sampler.print();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Runs a training in a folder of its own. */
  private StageRates train(String name, int images, int epochs) {
    Path own = folder.resolve(name);
    new SyntheticDataset(images + HELD_OUT, 0, 0, 1).write(own.resolve("data"));
    StageRates rates = new StageRates();
    new BundleTraining(
            DatasetFormat.open(own.resolve("data")),
            settings(images, epochs),
            device,
            new TrainingPaths(graph, own.resolve("work"), own.resolve("bundle")),
            Integer.MAX_VALUE,
            new TrainingOrigin("benchmark", "benchmark"))
        .run(rates);
    return rates;
  }

  private static BundleSettings settings(int images, int epochs) {
    ProposalSettings proposals = ProposalSettings.DEFAULTS;
    return new BundleSettings(
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
        HeadSettings.DEFAULTS.withEpochs(epochs),
        1,
        JointSettings.DEFAULTS.withEpochs(1));
  }
}
