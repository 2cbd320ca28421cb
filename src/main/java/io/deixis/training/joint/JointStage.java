package io.deixis.training.joint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.ImageTensor;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.matching.Matcher;
import io.deixis.engine.matching.MatcherType;
import io.deixis.engine.region.Candidates;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.engine.region.RegionWeights;
import io.deixis.training.images.ImagePrefetch;
import io.deixis.training.loop.LossTerm;
import io.deixis.training.loop.Stage;
import io.deixis.training.loop.WeightGroup;
import io.deixis.training.matching.CandidateRegions;
import io.deixis.training.matching.HeadBatch;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.MatchingForward;
import io.deixis.training.matching.MatchingStage;
import io.deixis.training.matching.MatchingTerms;
import io.deixis.training.matching.PairBalance;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.matching.TrainingImage;
import io.deixis.training.proposals.EntityTargets;
import io.deixis.training.proposals.ProposalForward;
import io.deixis.training.proposals.ProposalStage;
import io.deixis.training.proposals.ProposalTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Trains backbone, projection and matching head together, so that what phrases ask for reaches the
 * feature maps. Every image is augmented differently in every epoch.
 */
public final class JointStage extends Stage<TrainingImage, JointForward> {

  /** The stage's name. */
  public static final String NAME = "joint";

  /** The projection's share of the learning rate. */
  private static final float PROJECTION_RATE = 0.1f;

  private final GroundingDataset data;
  private final Architecture architecture;
  private final JointSettings settings;
  private final HeadSettings headSettings;
  private final PhraseTable table;
  private final List<TrainingImage> images;
  private final VisualBackbone backbone;
  private final Function<Map<String, float[]>, OptionalDouble> heldOut;
  private final Map<String, NDArray> head = new LinkedHashMap<>();
  private final Map<String, NDArray> bases = new LinkedHashMap<>();
  private final RegionWeights regionWeights;
  private float positiveWeight;

  /** The weights that the stage starts from. */
  public record Start(
      VisualBackbone backbone, Map<String, float[]> head, Map<String, float[]> regions) {}

  /**
   * Prepares the stage.
   *
   * @param architecture the parts of the model
   * @param headSettings how phrases are drawn and weighted
   * @param table holds every phrase, as its sentences have it and as they have its mirror
   * @param images what to train on, each with at least one phrase
   * @param start where to start; the backbone is trainable, its weights are changed
   * @param heldOut judges the averaged weights after each epoch
   */
  public JointStage(
      GroundingDataset data,
      Architecture architecture,
      JointSettings settings,
      HeadSettings headSettings,
      PhraseTable table,
      List<TrainingImage> images,
      Start start,
      Function<Map<String, float[]>, OptionalDouble> heldOut) {
    super(NAME, settings.plan(), start.backbone().manager().newSubManager());
    this.data = data;
    this.architecture = architecture;
    this.settings = settings;
    this.headSettings = headSettings.drawing(settings.candidates(), settings.relations());
    this.table = table;
    this.images = images;
    this.backbone = start.backbone();
    this.heldOut = heldOut;
    MatcherType type = architecture.matcherType();
    type.shapes(table.rows())
        .forEach(
            (name, shape) ->
                head.put(
                    name,
                    type.given().contains(name)
                        ? manager().create(start.head().get(name), shape)
                        : trainable(start.head().get(name), shape)));
    this.regionWeights =
        RegionWeights.of(
            architecture.regions(),
            (name, shape) -> {
              NDArray weight = trainable(start.regions().get(name), shape);
              if (isBasis(name)) {
                bases.put(name, weight);
              }
              return weight;
            });
  }

  private boolean isBasis(String name) {
    return IntStream.range(0, architecture.backbone().regions().size())
        .mapToObj(RegionWeights::basis)
        .anyMatch(name::equals);
  }

  private NDArray trainable(float[] values, Shape shape) {
    NDArray weight = manager().create(values, shape);
    weight.setRequiresGradient(true);
    return weight;
  }

  @Override
  public List<WeightGroup> weights() {
    List<WeightGroup> groups =
        new ArrayList<>(
            ProposalStage.groups(backbone, settings.decoderScale(), settings.backboneScale()));
    groups.add(new WeightGroup(bases, PROJECTION_RATE, 0, true));
    groups.addAll(MatchingStage.groups(architecture.matcherType(), head));
    return groups;
  }

  @Override
  public List<LossTerm<JointForward>> terms() {
    positiveWeight =
        headSettings.positiveWeight().inForce(this::balance, headSettings.oversampling());
    List<LossTerm<JointForward>> terms = new ArrayList<>();
    MatchingTerms.of(positiveWeight).forEach(term -> terms.add(term.on(JointForward::matching)));
    ProposalTerms.of(architecture.backbone())
        .forEach(
            term ->
                terms.add(
                    term.<JointForward>on(JointForward::proposals)
                        .times(settings.proposalWeight())));
    return terms;
  }

  /** Returns how much a positive pair counts, once the terms were asked for. */
  public float positiveWeight() {
    return positiveWeight;
  }

  /** Counts the pairs of some images, with the candidates that the graph proposes at the start. */
  private PairBalance balance() {
    List<TrainingImage> some = PairBalance.sample(images);
    try (ImagePrefetch photos =
        new ImagePrefetch(data, some.stream().map(TrainingImage::key).toList())) {
      return PairBalance.of(
          some,
          image -> {
            try (NDManager ofImage = manager().newSubManager();
                NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              NDArray pixels = ImageTensor.of(ofImage, photos.next(), backbone.spec().input());
              return Candidates.of(backbone.forward(pixels, false).image(0)).boxes().toFloatArray();
            }
          });
    }
  }

  @Override
  public List<TrainingImage> images(int epoch) {
    return images;
  }

  @Override
  public Batches<TrainingImage, JointForward> batches(List<TrainingImage> order) {
    Matcher matching = architecture.matcherType().create(head);
    ImagePrefetch photos = new ImagePrefetch(data, order.stream().map(TrainingImage::key).toList());
    return new Batches<>() {
      @Override
      public JointForward forward(
          NDManager step, List<TrainingImage> batch, float dropout, Random random) {
        List<AugmentedImage> augmented = new ArrayList<>();
        for (TrainingImage image : batch) {
          EntityTargets entities =
              EntityTargets.of(data.read(image.key()), backbone.spec().entityTypes());
          augmented.add(
              AugmentedImage.draw(
                  step, backbone.spec().input(), photos.next(), image, entities, random));
        }
        NDList pixels = new NDList(augmented.stream().map(AugmentedImage::pixels).toList());
        BackboneOutput maps = backbone.forward(NDArrays.concat(pixels, 0), true);
        HeadBatch pairs =
            HeadBatch.draw(
                step,
                augmented.stream().map(AugmentedImage::phrases).toList(),
                regions(maps, augmented, random),
                table,
                headSettings,
                random);
        return new JointForward(
            new MatchingForward(matching, pairs, dropout),
            new ProposalForward(maps, augmented.stream().map(AugmentedImage::entities).toList()));
      }

      @Override
      public void close() {
        photos.close();
      }
    };
  }

  /** Describes some candidates of each image; gradients flow into the maps and the projection. */
  private CandidateRegions regions(BackboneOutput maps, List<AugmentedImage> batch, Random random) {
    RegionFeatures described = architecture.regions();
    NDList features = new NDList();
    float[] boxes = new float[0];
    int count = 0;
    for (int i = 0; i < batch.size(); i++) {
      BackboneOutput ofImage = maps.image(i);
      Candidates all = Candidates.of(ofImage);
      int candidates = (int) all.boxes().getShape().get(0);
      count = Math.min(settings.candidates(), candidates);
      long[] rows = CandidateRegions.sample(candidates, count, random);
      Candidates some = all.at(all.boxes().getManager().create(rows));
      features.add(described.describe(batch.get(i).pixels().get(0), ofImage, some, regionWeights));
      if (i == 0) {
        boxes = new float[batch.size() * count * 4];
      }
      System.arraycopy(some.boxes().toFloatArray(), 0, boxes, i * count * 4, count * 4);
    }
    return new CandidateRegions(NDArrays.concat(features, 0), boxes, count);
  }

  @Override
  public OptionalDouble heldOutRecall(Map<String, float[]> averages) {
    return heldOut.apply(averages);
  }
}
