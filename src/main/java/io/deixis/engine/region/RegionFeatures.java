package io.deixis.engine.region;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.torch.IdleProcessors;
import io.deixis.engine.torch.Scalars;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Describes each candidate region by a vector: its appearance (RoIAlign of the feature maps,
 * projected), what proposed it (query vector and class posteriors, if the backbone has them), its
 * colours, its geometry, and names of the classes it may be of. The layout follows from the
 * backbone's description.
 *
 * @param backbone describes the maps
 */
public record RegionFeatures(BackboneSpec backbone) {

  private static final int COLOURS = 30;
  private static final int GEOMETRY = 32;
  private static final int COLOUR_GRID = 3;

  /** Pixels of the input, at most, along each side of a block whose mean colour is taken. */
  private static final int COLOUR_BLOCK = 8;

  /** A class that is less probable says nothing of a region. */
  private static final float LIKELY = 0.02f;

  /** Keeps roots and their gradients finite. */
  private static final float SMALLEST = 1e-6f;

  private static final float[] FREQUENCIES = {1, 2, 4};

  /** Returns the length of a region's whole description. */
  public int size() {
    return backbone.regions().stream().mapToInt(BackboneSpec.Regions::projection).sum()
        + backbone.querySize()
        + backbone.classes().size()
        + COLOURS
        + GEOMETRY
        + wordsSize();
  }

  /** Returns the length of what of the description comes from names of classes: its end. */
  public int wordsSize() {
    return backbone.words().stream().mapToInt(BackboneSpec.Words::size).sum();
  }

  /** Returns the length of each part of the appearance before its projection. */
  public List<Integer> appearanceSizes() {
    return backbone.regions().stream().map(this::appearanceSize).toList();
  }

  private int appearanceSize(BackboneSpec.Regions part) {
    return part.pools().stream()
        .mapToInt(pool -> pool.cells() * pool.cells() * backbone.maps().get(pool.map()).channels())
        .sum();
  }

  /** Returns every weight's shape by name, as {@link RegionWeights} takes them. */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int part = 0; part < backbone.regions().size(); part++) {
      long size = appearanceSizes().get(part);
      shapes.put(RegionWeights.mean(part), new Shape(size));
      shapes.put(
          RegionWeights.basis(part), new Shape(size, backbone.regions().get(part).projection()));
    }
    for (BackboneSpec.Words words : backbone.words()) {
      shapes.put(RegionWeights.words(words), new Shape(words.names().size(), words.size()));
    }
    return shapes;
  }

  /**
   * Returns the appearance of regions before the projection, part by part.
   *
   * @param output the backbone's answer for one image, without a batch axis
   * @param regions [N, 4], in normalised coordinates
   * @return [N, appearance] each
   */
  public List<NDArray> appearance(BackboneOutput output, NDArray regions) {
    return joined(averages(output, regions).stream().map(Supplier::get).iterator());
  }

  /** Returns what computes the average of each pool, part after part. */
  private List<Supplier<NDArray>> averages(BackboneOutput output, NDArray regions) {
    return backbone.regions().stream()
        .flatMap(part -> part.pools().stream())
        .<Supplier<NDArray>>map(pool -> () -> average(pool, output, regions))
        .toList();
  }

  private static NDArray average(BackboneSpec.Pool pool, BackboneOutput output, NDArray regions) {
    NDArray pooled = pool.enlarged() == 1 ? regions : RoiAlign.enlarged(regions, pool.enlarged());
    NDArray average = RoiAlign.pool(output.maps().get(pool.map()), pooled, pool.cells());
    return pool.root() ? NDArrays.maximum(average, SMALLEST).sqrt() : average;
  }

  /** Joins the averages of each part. */
  private List<NDArray> joined(Iterator<NDArray> averages) {
    List<NDArray> parts = new ArrayList<>();
    for (BackboneSpec.Regions part : backbone.regions()) {
      NDList ofPart = new NDList();
      part.pools().forEach(pool -> ofPart.add(averages.next()));
      parts.add(NDArrays.concat(ofPart, 1));
    }
    return parts;
  }

  /**
   * Returns the description of every candidate.
   *
   * @param image the backbone's input [3, height, width], RGB in [0, 1]
   * @param output the backbone's answer for that image, without a batch axis
   * @param candidates N candidates of that image
   * @param weights what projects appearance and reads names of classes
   * @return [N, size]
   */
  public NDArray describe(
      NDArray image, BackboneOutput output, Candidates candidates, RegionWeights weights) {
    NDArray boxes = candidates.boxes();
    boolean differentiable = differentiable(output, weights);
    List<Supplier<NDArray>> work = new ArrayList<>(averages(output, boxes));
    work.add(() -> colours(image, boxes));
    work.add(() -> geometry(boxes));
    for (int i = 0; i < backbone.words().size(); i++) {
      BackboneSpec.Words words = backbone.words().get(i);
      NDArray vectors = weights.words().get(i);
      work.add(() -> words(probabilities(words, output, candidates), vectors));
    }
    Iterator<NDArray> computed = computed(work, differentiable).iterator();
    List<Supplier<NDArray>> projecting = new ArrayList<>();
    Iterator<Projection> projections = weights.projections().iterator();
    for (NDArray appearance : joined(computed)) {
      Projection projection = projections.next();
      projecting.add(() -> projection.apply(appearance));
    }
    List<NDArray> projected = computed(projecting, differentiable);
    NDList parts = new NDList(projected.get(0));
    candidates.queries().ifPresent(parts::add);
    candidates
        .posteriors()
        .ifPresent(posteriors -> parts.add(posteriors.sqrt().mul(Scalars.of(image, 2))));
    parts.add(computed.next());
    parts.add(computed.next());
    parts.addAll(projected.subList(1, projected.size()));
    computed.forEachRemaining(parts::add);
    return NDArrays.concat(parts, 1);
  }

  private static List<NDArray> computed(List<Supplier<NDArray>> work, boolean differentiable) {
    return differentiable ? work.stream().map(Supplier::get).toList() : IdleProcessors.arrays(work);
  }

  /** Whether a backward pass may follow, which needs what was made on the way. */
  private static boolean differentiable(BackboneOutput output, RegionWeights weights) {
    Stream<NDArray> given =
        Stream.of(
                output.maps().values().stream(),
                output.queries().stream(),
                output.classLogits().stream())
            .flatMap(each -> each);
    Stream<NDArray> fitted = weights.projections().stream().map(Projection::basis);
    return Stream.concat(given, fitted).anyMatch(NDArray::hasGradient);
  }

  private static NDArray probabilities(
      BackboneSpec.Words words, BackboneOutput output, Candidates candidates) {
    return words.of().equals(BackboneSpec.CLASSES)
        ? candidates.posteriors().orElseThrow()
        : RoiAlign.pool(output.maps().get(words.of()), candidates.boxes(), 1).softmax(1);
  }

  /**
   * Sums the vectors of likely classes, weighted by their probabilities [N, C]; as long as the
   * square root of that sum would be: [N, size].
   */
  private static NDArray words(NDArray probabilities, NDArray vectors) {
    NDArray likely =
        probabilities.mul(probabilities.gt(LIKELY).toType(probabilities.getDataType(), false));
    NDArray sum = likely.matMul(vectors);
    NDArray squared = sum.mul(sum).sum(new int[] {1}, true);
    return sum.div(NDArrays.maximum(squared, SMALLEST).sqrt().sqrt());
  }

  /** Mean colours in 3x3 cells and of the whole image, in [-1, 1]: [N, 30]. */
  private static NDArray colours(NDArray image, NDArray boxes) {
    long height = image.getShape().get(1);
    long width = image.getShape().get(2);
    long blockHeight = block(height);
    long blockWidth = block(width);
    long rows = height / blockHeight;
    long columns = width / blockWidth;
    NDArray small =
        image
            .reshape(new Shape(3, rows, blockHeight, columns, blockWidth))
            .sum(new int[] {2, 4})
            .mul(2f / (blockHeight * blockWidth))
            .sub(1);
    long count = boxes.getShape().get(0);
    NDArray whole =
        small
            .sum(new int[] {1, 2})
            .div(rows * columns)
            .expandDims(0)
            .broadcast(new Shape(count, 3));
    return RoiAlign.pool(small, boxes, COLOUR_GRID).concat(whole, 1);
  }

  /** Returns the largest block that divides a side. */
  private static long block(long side) {
    long block = COLOUR_BLOCK;
    while (side % block != 0) {
      block--;
    }
    return block;
  }

  /** Edges, centre, area and aspect, and sines and cosines of centre and size: [N, 32]. */
  private static NDArray geometry(NDArray boxes) {
    NDArray size =
        NDArrays.maximum(boxes.get(new NDIndex(":,2:")).sub(boxes.get(new NDIndex(":,:2"))), 1e-3f);
    NDArray centre = boxes.get(new NDIndex(":,2:")).add(boxes.get(new NDIndex(":,:2"))).mul(0.5f);
    NDArray width = size.get(new NDIndex(":,0:1"));
    NDArray height = size.get(new NDIndex(":,1:2"));
    NDList parts =
        new NDList(boxes, centre, width.mul(height), width.log().sub(height.log()).mul(0.5f));
    NDArray centreAndSize = centre.concat(size, 1);
    for (float frequency : FREQUENCIES) {
      NDArray angle = centreAndSize.mul((float) Math.PI * frequency);
      parts.add(angle.sin());
      parts.add(angle.cos());
    }
    return NDArrays.concat(parts, 1);
  }
}
