package io.deixis.training.proposals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.backbone.ImageTensor;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.training.images.ImagePrefetch;
import io.deixis.training.loop.LossTerm;
import io.deixis.training.loop.Stage;
import io.deixis.training.loop.WeightGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Fine-tunes backbone, encoder and proposals on the boxes of a data set. */
public final class ProposalStage extends Stage<ProposalStage.Image, ProposalForward> {

  /** The stage's name. */
  public static final String NAME = "proposals";

  /** Of matrices, as in DETR (Carion et al., 2020). */
  private static final float WEIGHT_DECAY = 1e-4f;

  /** Times the learning rate: the layer starts from nothing, and has one stage to learn. */
  private static final float MAP_LAYER_RATE = 10;

  private final GroundingDataset data;
  private final ProposalSettings settings;
  private final List<Image> images;
  private final VisualBackbone backbone;
  private final MapLoss mapLoss;

  /** An image by its id. */
  public record Image(String key) implements Example {}

  /**
   * Prepares the stage.
   *
   * @param ids the images to train on
   * @param start the graph to start from, trainable; the stage closes it
   */
  public ProposalStage(
      GroundingDataset data, ProposalSettings settings, List<String> ids, VisualBackbone start) {
    super(NAME, settings.plan(), start.manager());
    this.data = data;
    this.settings = settings;
    this.images = ids.stream().map(Image::new).toList();
    this.backbone = start;
    this.mapLoss = new MapLoss(backbone.manager(), backbone.spec());
  }

  @Override
  public List<WeightGroup> weights() {
    List<WeightGroup> groups = new ArrayList<>(groups(backbone, 1, settings.backboneScale()));
    groups.add(new WeightGroup(mapLoss.weights(), MAP_LAYER_RATE, 0, false));
    return groups;
  }

  /**
   * Returns a graph's weights in groups, as its description sorts them, in the graph's order.
   *
   * @param decoderRate share of the learning rate given to what proposes regions
   * @param backboneRate share given to backbone and map encoder
   */
  public static List<WeightGroup> groups(
      VisualBackbone graph, float decoderRate, float backboneRate) {
    Map<String, NDArray> trunk = new LinkedHashMap<>();
    Map<String, NDArray> decoder = new LinkedHashMap<>();
    BackboneSpec.Weights rules = graph.spec().weights();
    graph
        .weights()
        .forEach(
            (name, weight) -> {
              if (rules.constant().stream().noneMatch(name::contains)) {
                boolean ofTrunk = rules.trunk().stream().anyMatch(name::startsWith);
                (ofTrunk ? trunk : decoder).put(name, weight);
              }
            });
    return List.of(
        new WeightGroup(decoder, decoderRate, WEIGHT_DECAY, true),
        new WeightGroup(trunk, backboneRate, WEIGHT_DECAY, true));
  }

  @Override
  public List<LossTerm<ProposalForward>> terms() {
    List<LossTerm<ProposalForward>> terms = new ArrayList<>(ProposalTerms.of(backbone.spec()));
    if (!mapLoss.isEmpty()) {
      terms.add(new LossTerm<>("map", 1, mapLoss));
    }
    return terms;
  }

  @Override
  public List<Image> images(int epoch) {
    return images;
  }

  @Override
  public Batches<Image, ProposalForward> batches(List<Image> order) {
    BackboneSpec spec = backbone.spec();
    ImagePrefetch photos = new ImagePrefetch(data, order.stream().map(Image::key).toList());
    return new Batches<>() {
      @Override
      public ProposalForward forward(
          NDManager manager, List<Image> batch, float dropout, Random random) {
        List<EntityTargets> targets = new ArrayList<>();
        NDList pixels = new NDList();
        for (Image image : batch) {
          EntityTargets truth = EntityTargets.of(data.read(image.key()), spec.entityTypes());
          NDArray tensor = ImageTensor.of(manager, photos.next(), spec.input());
          boolean mirror = random.nextBoolean();
          targets.add(mirror ? truth.mirrored() : truth);
          pixels.add(mirror ? tensor.flip(3) : tensor);
        }
        return new ProposalForward(backbone.forward(NDArrays.concat(pixels, 0), true), targets);
      }

      @Override
      public void close() {
        photos.close();
      }
    };
  }

  @Override
  public void close() {
    backbone.close();
  }
}
