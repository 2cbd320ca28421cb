package io.deixis.training.matching;

import ai.djl.ndarray.index.NDIndex;
import io.deixis.runlog.BatchSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** BatchSamples at the first image of a batch. */
final class BatchLook {

  private static final int BEST = 3;

  private BatchLook() {}

  /**
   * Returns what the image's phrases were answered.
   *
   * @param batch the batch
   * @param result its loss with its logits
   * @param image the image's key
   */
  static BatchSample of(
      HeadBatch batch, HeadLoss.Result result, String stage, int epoch, long step, String image) {
    NDIndex first = new NDIndex("0");
    float[] weights = batch.weight().get(first).toFloatArray();
    float[] logits = result.logits().get(first).toFloatArray();
    float[] positive = batch.positive().get(first).toFloatArray();
    float[] boxes = batch.boxes().get(first).toFloatArray();
    int n = batch.candidates();
    List<BatchSample.Phrase> phrases = new ArrayList<>();
    for (int p = 0; p < weights.length; p++) {
      if (weights[p] == 0) {
        continue;
      }
      int row = p * n;
      List<BatchSample.Candidate> best =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble(c -> -logits[row + c]))
              .limit(BEST)
              .map(
                  c ->
                      new BatchSample.Candidate(
                          Arrays.copyOfRange(boxes, c * 4, c * 4 + 4),
                          (float) (1 / (1 + Math.exp(-logits[row + c]))),
                          positive[row + c] > 0))
              .toList();
      int positives = (int) IntStream.range(row, row + n).filter(at -> positive[at] > 0).count();
      phrases.add(new BatchSample.Phrase(batch.texts().get(p), positives, best));
    }
    return new BatchSample(stage, epoch, step, image, phrases);
  }
}
