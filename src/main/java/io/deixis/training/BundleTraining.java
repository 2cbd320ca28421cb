package io.deixis.training;

import ai.djl.Device;
import io.deixis.dataset.DatasetException;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.torch.MemoryShortage;
import io.deixis.runlog.RunLog;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.work.DataFingerprint;
import io.deixis.training.work.StageResult;
import io.deixis.training.work.TrainingException;
import io.deixis.training.work.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a bundle from a data set: fine-tunes proposals and backbone, caches region features, trains
 * the matching head on them, then all of it together, then calibrates it. Each stage leaves its
 * result in the work folder; one that is there already is not done again, and one that was stopped
 * goes on from its checkpoint.
 */
public final class BundleTraining {

  private final GroundingDataset data;
  private final BundleSettings settings;
  private final Device device;
  private final TrainingPaths paths;
  private final int checkpointSteps;
  private final TrainingOrigin origin;

  /**
   * Prepares a training.
   *
   * @param data what to train on
   * @param settings how
   * @param device where to compute
   * @param paths where to read and write
   * @param checkpointSteps steps between two checkpoints
   * @param origin what it was started by, for the bundle's provenance
   */
  public BundleTraining(
      GroundingDataset data,
      BundleSettings settings,
      Device device,
      TrainingPaths paths,
      int checkpointSteps,
      TrainingOrigin origin) {
    this.data = data;
    this.settings = settings;
    this.device = device;
    this.paths = paths;
    this.checkpointSteps = checkpointSteps;
    this.origin = origin;
  }

  /**
   * Trains and writes the bundle.
   *
   * @param listener notified of the progress, as the logs in the work folder are
   * @return the sealed bundle
   * @throws TrainingException if something is missing or cannot be written, the work folder holds
   *     another training, the memory is too small, or the loss is no longer a finite number
   */
  public ModelBundle run(TrainingListener listener) {
    return prepared(
        listener,
        false,
        job -> {
          StageResult backbone = new BackbonePart(job).run();
          PhrasePart phrases = new PhrasePart(job);
          List<StageResult> heads = new HeadPart(job, backbone, phrases).run();
          List<StageResult> trained = new JointPart(job, backbone, heads, phrases).run();
          Set<StageResult> parts = new LinkedHashSet<>(List.of(backbone));
          parts.addAll(heads);
          parts.addAll(trained);
          Provenance provenance = new Provenance(job, origin);
          provenance.warn(List.copyOf(parts));
          return new BundlePart(job, provenance.of(List.copyOf(parts)))
              .run(trained.stream().map(StageResult::file).toList());
        });
  }

  /**
   * Does what every machine needs that extracts features: fine-tunes proposals and backbone, and
   * fits the projection.
   *
   * @param listener as in {@link #run}
   * @throws TrainingException as in {@link #run}
   */
  public void prepareFeatures(TrainingListener listener) {
    prepared(
        listener,
        false,
        job -> {
          new FeaturePart(job, new BackbonePart(job).run().file()).fit();
          return null;
        });
  }

  /**
   * Extracts the features of some of the images; {@link #prepareFeatures} was called before.
   *
   * @param shard which of them
   * @param listener as in {@link #run}
   * @throws TrainingException as in {@link #run}
   */
  public void extractFeatures(Shard shard, TrainingListener listener) {
    prepared(
        listener,
        true,
        job -> {
          new FeaturePart(job, new BackbonePart(job).made().file()).extract(shard);
          return null;
        });
  }

  /** What is done in a work folder. */
  @FunctionalInterface
  private interface Work<T> {

    T run(TrainingJob job) throws IOException;
  }

  /**
   * Does work in the work folder and writes its log.
   *
   * @param shared whether others may do the same beside it; each of them keeps no log
   */
  private <T> T prepared(TrainingListener listener, boolean shared, Work<T> work) {
    List<String> all = data.split("train");
    if (all.size() <= settings.heldOut()) {
      throw new TrainingException(
          "The training split has %d images, of which %d are held out for calibration; hold out fewer with --held-out."
              .formatted(all.size(), settings.heldOut()),
          null);
    }
    checkImages(all);
    all.forEach(data::read); // damaged annotations are told now, not hours later
    try (WorkFolder folder = WorkFolder.take(paths.work(), shared)) {
      return shared ? told(all, listener, work) : logged(all, listener, work);
    } catch (IOException | UncheckedIOException e) {
      throw new TrainingException(
          TrainingException.Reason.STORAGE,
          "A file of the training in %s or %s cannot be read or written (%s); check the disk's space and rights, then run the same command again."
              .formatted(paths.work(), paths.bundle(), e.getMessage()),
          e);
    }
  }

  private <T> T logged(List<String> all, TrainingListener listener, Work<T> work)
      throws IOException {
    try (RunLog log = new RunLog(paths.work(), listener)) {
      try {
        T made = told(all, log, work);
        log.finished("All stages are done.");
        return made;
      } catch (IOException | RuntimeException e) {
        log.failed(
            e instanceof TrainingException || e instanceof DatasetException
                ? e.getMessage()
                : "The training ended with a fault (%s).".formatted(e.getClass().getSimpleName()));
        throw e;
      }
    }
  }

  /** Does the work, and tells of too little memory as such. */
  private <T> T told(List<String> all, TrainingListener listener, Work<T> work) throws IOException {
    try {
      return work.run(job(all, listener));
    } catch (OutOfMemoryError | RuntimeException e) {
      Optional<MemoryShortage> shortage = MemoryShortage.of(e);
      if (shortage.isEmpty()) {
        throw e;
      }
      throw new TrainingException(
          TrainingException.Reason.MEMORY,
          "%s; %s, or train with a smaller --batch."
              .formatted(shortage.get().problem(), shortage.get().remedy()),
          e);
    }
  }

  private TrainingJob job(List<String> all, TrainingListener listener) {
    HeldOutImages division = HeldOutImages.of(data, all, settings);
    return new TrainingJob(
        data,
        new DataFingerprint(data, all),
        division.training(),
        division.heldOut(),
        settings,
        paths
            .parent()
            .map(parent -> parent.manifest().architecture())
            .orElseGet(() -> Architecture.startingFrom(paths.start())),
        device,
        paths,
        checkpointSteps,
        listener);
  }

  private void checkImages(List<String> ids) {
    List<String> missing = ids.stream().filter(id -> !Files.isRegularFile(data.image(id))).toList();
    if (!missing.isEmpty()) {
      throw new TrainingException(
          TrainingException.Reason.ABSENT_IMAGES,
          "%d of the %d images in the training split are missing, the first of them %s; put them there or take them out of the split list."
              .formatted(missing.size(), ids.size(), data.image(missing.get(0))),
          null);
    }
  }
}
