package io.deixis.training.matching;

import static io.deixis.grounding.GroundingOptions.DEFAULTS;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.RegionModel;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.region.BoxTensors;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.geometry.Box;
import io.deixis.metrics.RecallAtK;
import io.deixis.training.features.FeatureCache;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Recall@1 (ANY-BOX, IoU of at least one half) of a head on cached features of images that it is
 * not trained on. Candidates are ranked, and overlapping ones left out, as they are for a request
 * without options. As in the field's tables every phrase occurrence counts once.
 */
public final class HeldOutRecall {

  private final MatcherType type;
  private final List<TrainingImage> images;
  private final FeatureCache cache;
  private final PhraseTable table;
  private final Device device;

  /**
   * Prepares the measure.
   *
   * @param type of the head
   * @param images the images held out
   * @param cache holds their features
   * @param table holds their phrases, with the vocabulary of the training
   * @param device where to run
   */
  public HeldOutRecall(
      MatcherType type,
      List<TrainingImage> images,
      FeatureCache cache,
      PhraseTable table,
      Device device) {
    this.type = type;
    this.images = List.copyOf(images);
    this.cache = cache;
    this.table = table;
    this.device = device;
  }

  /** Returns the recall of a head with the given weights, in [0, 1]; empty without a phrase. */
  public OptionalDouble of(Map<String, float[]> weights) {
    double hits = 0;
    double all = 0;
    try (NDManager manager = NDManager.newBaseManager(device, TorchEngine.NAME)) {
      Map<String, NDArray> tensors = new HashMap<>();
      type.shapes(table.rows())
          .forEach((name, shape) -> tensors.put(name, manager.create(weights.get(name), shape)));
      Matcher head = type.create(tensors);
      for (TrainingImage image : images) {
        List<Box> best = best(head, manager, image);
        int at = 0;
        for (TrainingPhrase phrase : image.phrases()) {
          for (int mention = 0; mention < phrase.mentions().size(); mention++) {
            Box box = best.get(at++);
            all++;
            if (phrase.truth().stream()
                .anyMatch(truth -> truth.iou(box) >= RecallAtK.STANDARD_IOU)) {
              hits++;
            }
          }
        }
      }
    }
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(hits / all);
  }

  /** Returns the best box of each mention of an image's phrases, in normalised coordinates. */
  private List<Box> best(Matcher head, NDManager parent, TrainingImage image) {
    int n = cache.header().candidates();
    int featureSize = cache.header().featureSize();
    List<ContextualPhrase> asked =
        image.phrases().stream().flatMap(phrase -> phrase.mentions().stream()).toList();
    try (NDManager manager = parent.newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      ByteBuffer features = manager.allocateDirect(n * featureSize * Short.BYTES);
      cache.features(image.key(), IntStream.range(0, n).toArray(), features);
      features.flip();
      NDArray regions =
          head.regions(
                  manager
                      .create(features, new Shape(n, featureSize), DataType.FLOAT16)
                      .toType(DataType.FLOAT32, false),
                  0)
              .reshape(1, n, head.width());
      NDArray phrases = PhraseBatch.of(manager, table, asked).encoded(head, 1, 0);
      NDArray boxes = manager.create(cache.boxes(image.key()), new Shape(1, 1, n, 4));
      float[] logits = head.match(phrases, regions, 0).logits().toFloatArray();
      float[] refined = BoxTensors.refine(boxes, head.offsets(phrases, regions)).toFloatArray();
      List<Box> best = new ArrayList<>();
      for (int p = 0; p < asked.size(); p++) {
        List<Box> candidates = new ArrayList<>(n);
        for (int c = 0; c < n; c++) {
          candidates.add(HeadBatch.box(refined, (p * n + c) * 4).clampedTo(1, 1));
        }
        float[] ofPhrase = Arrays.copyOfRange(logits, p * n, (p + 1) * n);
        best.add(RegionModel.ranked(candidates, ofPhrase).best(DEFAULTS).boxes().get(0));
      }
      return best;
    }
  }
}
