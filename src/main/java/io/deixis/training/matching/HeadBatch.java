package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.engine.phrase.SentenceEncoder;
import io.deixis.geometry.Box;
import io.deixis.training.features.FeatureCache;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One step's worth of query-region pairs: B images with P phrases (padded) and N candidates each.
 *
 * @param features descriptions [B * N, 750]
 * @param boxes unrefined candidates [B, 1, N, 4]
 * @param sentences sentence vectors [B * P, 384]
 * @param pieces rows of word pieces [B * P, L]
 * @param present which of them are no padding [B * P, L, 1]
 * @param weight how much each phrase counts [B, P], 0 for padding
 * @param positive 1 where the candidate's IoU with a truth box is at least one half [B, P, N]
 * @param target the distribution that a phrase's softmax shall have [B, P, N], or all 0
 * @param refine share of each pair in its phrase's refinement loss [B, P, N]
 * @param truth the nearest truth box of each pair [B, P, N, 4]
 * @param foreign 1 where the phrase is not about the next image of the batch [B, P]
 * @param texts the phrases' words, B * P
 */
record HeadBatch(
    NDArray features,
    NDArray boxes,
    NDArray sentences,
    NDArray pieces,
    NDArray present,
    NDArray weight,
    NDArray positive,
    NDArray target,
    NDArray refine,
    NDArray truth,
    NDArray foreign,
    List<String> texts) {

  private static final double POSITIVE_IOU = 0.5;
  private static final double REFINE_IOU = 0.45;

  int images() {
    return (int) weight.getShape().get(0);
  }

  int phrases() {
    return (int) weight.getShape().get(1);
  }

  int candidates() {
    return (int) positive.getShape().get(2);
  }

  /** Draws a batch. */
  static HeadBatch draw(
      NDManager manager,
      List<TrainingImage> images,
      FeatureCache cache,
      PhraseTable table,
      HeadSettings settings,
      Random random) {
    int b = images.size();
    int p = settings.phrases() + settings.relations();
    int n = Math.min(settings.candidates(), cache.header().candidates());
    int featureSize = cache.header().featureSize();
    ByteBuffer features = manager.allocateDirect(b * n * featureSize * Short.BYTES);
    float[] boxes = new float[b * n * 4];
    float[] sentences = new float[b * p * SentenceEncoder.SIZE];
    List<String> texts = new ArrayList<>(b * p);
    float[] weight = new float[b * p];
    float[] positive = new float[b * p * n];
    float[] target = new float[b * p * n];
    float[] refine = new float[b * p * n];
    float[] truth = new float[b * p * n * 4];
    float[] foreign = new float[b * p];
    String padding = images.get(0).phrases().get(0).text();

    for (int i = 0; i < b; i++) {
      TrainingImage image = images.get(i);
      TrainingImage next = images.get((i + 1) % b);
      int[] rows = sample(cache.header().candidates(), n, random);
      cache.features(image.key(), rows, features);
      float[] all = cache.boxes(image.key());
      Box[] candidates = new Box[n];
      for (int k = 0; k < n; k++) {
        System.arraycopy(all, rows[k] * 4, boxes, (i * n + k) * 4, 4);
        candidates[k] = box(all, rows[k] * 4);
      }
      List<TrainingPhrase> phrases = pick(image.phrases(), settings.phrases(), random);
      int described = phrases.size();
      phrases.addAll(pick(image.relations(), settings.relations(), random));
      for (int j = 0; j < p; j++) {
        int at = i * p + j;
        if (j >= phrases.size()) {
          texts.add(padding);
          continue;
        }
        TrainingPhrase phrase = phrases.get(j);
        texts.add(phrase.text());
        weight[at] = phrase.weight();
        label(phrase.truth(), candidates, at * n, positive, target, refine, truth);
        boolean shared = ContentWords.of(phrase.text()).stream().anyMatch(next.content()::contains);
        foreign[at] = j < described && !shared && next != image ? 1 : 0;
      }
    }
    for (int at = 0; at < b * p; at++) {
      System.arraycopy(
          table.sentence(texts.get(at)),
          0,
          sentences,
          at * SentenceEncoder.SIZE,
          SentenceEncoder.SIZE);
    }
    PieceVocabulary.Batch pieces = table.pieces(texts);
    features.flip();
    return new HeadBatch(
        manager
            .create(features, new Shape((long) b * n, featureSize), DataType.FLOAT16)
            .toType(DataType.FLOAT32, false),
        manager.create(boxes, new Shape(b, 1, n, 4)),
        manager.create(sentences, new Shape((long) b * p, SentenceEncoder.SIZE)),
        manager.create(pieces.rows(), pieces.shape()),
        manager.create(pieces.present(), pieces.shape().add(1)),
        manager.create(weight, new Shape(b, p)),
        manager.create(positive, new Shape(b, p, n)),
        manager.create(target, new Shape(b, p, n)),
        manager.create(refine, new Shape(b, p, n)),
        manager.create(truth, new Shape(b, p, n, 4)),
        manager.create(foreign, new Shape(b, p)),
        texts);
  }

  private static void label(
      List<Box> truths,
      Box[] candidates,
      int offset,
      float[] positive,
      float[] target,
      float[] refine,
      float[] truth) {
    double sum = 0;
    int refined = 0;
    for (int k = 0; k < candidates.length; k++) {
      Box nearest = truths.get(0);
      double best = -1;
      for (Box box : truths) {
        double iou = candidates[k].iou(box);
        if (iou > best) {
          best = iou;
          nearest = box;
        }
      }
      int at = offset + k;
      truth[at * 4] = (float) nearest.x1();
      truth[at * 4 + 1] = (float) nearest.y1();
      truth[at * 4 + 2] = (float) nearest.x2();
      truth[at * 4 + 3] = (float) nearest.y2();
      if (best >= POSITIVE_IOU) {
        positive[at] = 1;
        target[at] = (float) (best * best);
        sum += best * best;
      }
      if (best >= REFINE_IOU) {
        refine[at] = 1;
        refined++;
      }
    }
    for (int at = offset; at < offset + candidates.length; at++) {
      target[at] = sum > 0 ? (float) (target[at] / sum) : 0;
      refine[at] = refined > 0 ? refine[at] / refined : 0;
    }
  }

  private static int[] sample(int total, int wanted, Random random) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, total).boxed().toList());
    Collections.shuffle(all, random);
    return all.stream().limit(wanted).mapToInt(Integer::intValue).toArray();
  }

  private static List<TrainingPhrase> pick(List<TrainingPhrase> phrases, int most, Random random) {
    List<TrainingPhrase> picked = new ArrayList<>(phrases);
    Collections.shuffle(picked, random);
    return new ArrayList<>(picked.subList(0, Math.min(most, picked.size())));
  }

  static Box box(float[] values, int at) {
    return new Box(
        values[at],
        values[at + 1],
        Math.max(values[at], values[at + 2]),
        Math.max(values[at + 1], values[at + 3]));
  }
}
