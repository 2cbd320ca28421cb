package io.deixis.training.matching;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.training.features.FeatureCache;
import io.deixis.training.loop.LossTerm;
import io.deixis.training.loop.Stage;
import io.deixis.training.loop.WeightGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Trains a matching head, from random weights, on cached features. */
public final class MatchingStage extends Stage<TrainingImage, MatchingForward> {

  /** The usual name of the stage. */
  public static final String NAME = "matching";

  /** Of matrices; embeddings and vectors do not decay. */
  private static final float WEIGHT_DECAY = 0.05f;

  private final HeadSettings settings;
  private final MatcherType type;
  private final Map<String, float[]> given;
  private final FeatureCache cache;
  private final PhraseTable table;
  private final List<List<TrainingImage>> views;
  private final HeldOutRecall heldOut;
  private final int patience;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();

  /**
   * Draws initial weights.
   *
   * @param name of the stage
   * @param type of the head
   * @param given weights by name: those that are not trained, and those to start from that are not
   *     to be drawn
   * @param cache holds the images' features
   * @param table holds their phrases
   * @param views for each epoch one view of each image: epoch counted from 0 modulo the list's size
   * @param heldOut judges the averaged weights after each epoch
   * @param patience as {@link Stage#patience}
   */
  public MatchingStage(
      String name,
      HeadSettings settings,
      MatcherType type,
      Map<String, float[]> given,
      FeatureCache cache,
      PhraseTable table,
      List<List<TrainingImage>> views,
      HeldOutRecall heldOut,
      int patience,
      Device device) {
    super(name, settings.plan(), manager(device, settings.plan().seed()));
    this.settings = settings;
    this.type = type;
    this.given = Map.copyOf(given);
    this.cache = cache;
    this.table = table;
    this.views = views;
    this.heldOut = heldOut;
    this.patience = patience;
    type.shapes(table.rows())
        .forEach(
            (weight, shape) -> {
              NDArray first =
                  given.containsKey(weight)
                      ? manager().create(given.get(weight), shape)
                      : type.initial(manager(), weight, shape);
              first.setRequiresGradient(!type.given().contains(weight));
              weights.put(weight, first);
            });
  }

  /** Sets the engine's seed before the first weight is drawn. */
  private static NDManager manager(Device device, int seed) {
    TorchEngine.start(0).seed(seed);
    return NDManager.newBaseManager(device, TorchEngine.NAME);
  }

  @Override
  public List<WeightGroup> weights() {
    return groups(type, weights);
  }

  /**
   * Returns a head's weights in groups. Those of embeddings do not decay: most rows are absent from
   * most batches.
   */
  public static List<WeightGroup> groups(MatcherType type, Map<String, NDArray> head) {
    Map<String, NDArray> pieces = new LinkedHashMap<>(head);
    pieces.keySet().retainAll(type.embeddings());
    Map<String, NDArray> others = new LinkedHashMap<>(head);
    others.keySet().removeAll(type.embeddings());
    others.keySet().removeAll(type.given());
    return List.of(
        new WeightGroup(pieces, 1, 0, true), new WeightGroup(others, 1, WEIGHT_DECAY, true));
  }

  @Override
  public List<LossTerm<MatchingForward>> terms() {
    return MatchingTerms.of(positiveWeight());
  }

  /** Returns the weight of a positive pair, given or computed. */
  public float positiveWeight() {
    return settings
        .positiveWeight()
        .inForce(
            () ->
                PairBalance.of(PairBalance.sample(views.get(0)), image -> cache.boxes(image.key())),
            settings.oversampling());
  }

  @Override
  public List<TrainingImage> images(int epoch) {
    return views.get(epoch % views.size());
  }

  @Override
  public Batches<TrainingImage, MatchingForward> batches(List<TrainingImage> order) {
    Matcher head = type.create(weights);
    return (step, images, dropout, random) -> {
      CandidateRegions regions =
          CandidateRegions.draw(step, images, cache, settings.candidates(), random);
      HeadBatch batch = HeadBatch.draw(step, images, regions, table, settings, random);
      return new MatchingForward(head, batch, dropout);
    };
  }

  @Override
  public OptionalDouble heldOutRecall(Map<String, float[]> averages) {
    Map<String, float[]> all = new LinkedHashMap<>(averages);
    all.putAll(given);
    return heldOut.of(all);
  }

  @Override
  public int patience() {
    return patience;
  }
}
