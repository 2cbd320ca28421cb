package io.deixis.batch.data;

import io.deixis.batch.CommandFailure;
import io.deixis.batch.ResultOutput;
import io.deixis.batch.StageProgress;
import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.LocalCandidates;
import io.deixis.evaluation.ReadAhead;
import io.deixis.files.AtomicFile;
import io.deixis.geometry.Box;
import io.deixis.grounding.CandidateModel.DecodedImage;
import io.deixis.runlog.TrainingListener.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code dataset pairs}: counts positive and negative pairs of phrases and a model's candidates.
 */
@Command(
    name = "pairs",
    description = {
      "Pairs every phrase of a split with every candidate that a model proposes in its image, and"
          + " counts the positive ones (IoU of at least one half with a truth box of the phrase)"
          + " and the negative ones.",
      "A hard negative is a candidate that another phrase means."
    })
public class DatasetPairsCommand implements Runnable {

  private static final String HEADING =
      "image,phrases,positives,negatives,hard_negatives,phrases_without_positive";

  @Mixin DataArgument source = new DataArgument();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split to pair (default: ${DEFAULT-VALUE}).")
  String split;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The bundle that proposes (default: deixis.models.active).")
  String model;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Also write the counts of each image to this file, as CSV.")
  Path perImage;

  @Mixin ResultOutput output = new ResultOutput();

  private final ActiveModel models;

  /** Creates the command. */
  public DatasetPairsCommand(ActiveModel models) {
    this.models = models;
  }

  @Override
  public void run() {
    GroundingDataset data = source.open();
    List<String> ids = data.split(split);
    List<PairCounts> counts = new ArrayList<>();
    try (GroundingModel loaded = models.load(models.bundle(model));
        ReadAhead<DecodedImage> images =
            new ReadAhead<>(data, ids, new LocalCandidates(loaded)::decode);
        StageProgress progress = new StageProgress(output.json())) {
      for (String id : ids) {
        AnnotatedImage image = data.read(id);
        List<Box> candidates = images.next().encode(image.width(), image.height()).candidates();
        counts.add(PairCounts.of(image.groundTruth(), candidates));
        progress.onStep(new Progress("pairs", counts.size(), ids.size(), Map.of()));
      }
    }
    if (perImage != null) {
      write(ids, counts);
    }
    PairCounts all = counts.stream().reduce(PairCounts.NONE, PairCounts::plus);
    output.print(all, out -> out.print(all.text()));
  }

  private void write(List<String> ids, List<PairCounts> counts) {
    List<String> lines = new ArrayList<>(List.of(HEADING));
    for (int i = 0; i < ids.size(); i++) {
      PairCounts of = counts.get(i);
      lines.add(
          String.format(
              Locale.ROOT,
              "%s,%d,%d,%d,%d,%d",
              ids.get(i),
              of.phrases(),
              of.positives(),
              of.negatives(),
              of.hardNegatives(),
              of.phrasesWithoutPositive()));
    }
    try {
      AtomicFile.replace(perImage, partial -> Files.write(partial, lines));
    } catch (IOException e) {
      throw CommandFailure.storage(
              "\"%s\" cannot be written; name a file in a folder with room and rights.", perImage)
          .because(e);
    }
  }
}
