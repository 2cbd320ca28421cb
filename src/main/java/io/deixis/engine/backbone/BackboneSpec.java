package io.deixis.engine.backbone;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a visual backbone takes and gives, as {@code bundle.json} describes it, or a JSON file
 * beside a graph that a training starts from. Nothing else in Deixis knows these numbers.
 *
 * @param format how the graph is stored: a name that {@link VisualBackbone#load} knows
 * @param input the images that the graph takes
 * @param outputs what the graph gives, in order: {@value #BOXES}, and if it has them {@value
 *     #CLASSES}, {@value #QUERIES} and {@value #ENTITIES}; each other name is that of a map
 * @param maps the feature maps by name
 * @param querySize length of a query vector; 0 if there are none
 * @param classes names of the object classes of the posteriors, in order; empty if there are none
 * @param entityTypes names of the entity types that follow objectness in the entity logits
 * @param regions what of the maps describes a region; each member is projected by itself
 * @param words names of classes that describe a region besides, as the phrase encoder reads them
 * @param weights how training treats the graph's weights
 */
public record BackboneSpec(
    String format,
    Input input,
    List<String> outputs,
    Map<String, FeatureMap> maps,
    int querySize,
    List<String> classes,
    List<String> entityTypes,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Regions> regions,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Words> words,
    Weights weights) {

  /** The output with the proposals: [B, Q, 4], xyxy in normalised coordinates. */
  public static final String BOXES = "boxes";

  /** The output with the logits of object classes: [B, Q, classes]. */
  public static final String CLASSES = "classes";

  /** The output with the query vectors: [B, Q, querySize]. */
  public static final String QUERIES = "queries";

  /** The output with the logits of objectness and entity types: [B, Q, 1 + entityTypes]. */
  public static final String ENTITIES = "entities";

  private static final Set<String> OF_PROPOSALS = Set.of(BOXES, CLASSES, QUERIES, ENTITIES);

  /** Bounds what a foreign description can ask for. */
  private static final int MOST = 8192;

  /**
   * The images that a graph takes: RGB in [0, 1], from which {@code mean} is taken before they are
   * divided by {@code std}.
   *
   * @param width in pixels; the aspect of a photo is not kept
   * @param height in pixels
   * @param mean of red, green and blue
   * @param std of red, green and blue
   */
  public record Input(int width, int height, List<Float> mean, List<Float> std) {

    /** Checks the numbers. */
    public Input {
      require(width > 0 && width <= MOST && height > 0 && height <= MOST, "the input has no size");
      mean = List.copyOf(mean == null ? List.of(0f, 0f, 0f) : mean);
      std = List.copyOf(std == null ? List.of(1f, 1f, 1f) : std);
      require(
          mean.size() == 3 && std.size() == 3 && std.stream().allMatch(s -> s > 0),
          "the input's mean and std are not of three channels");
    }

    boolean isPlain() {
      return mean.stream().allMatch(m -> m == 0) && std.stream().allMatch(s -> s == 1);
    }
  }

  /**
   * A feature map. It has a cell for every {@code stride} pixels of the input, or {@code cells}
   * along each side.
   *
   * @param stride pixels of the input that a cell covers in each direction; 0 if {@code cells} says
   *     how many there are
   * @param cells along each side; 0 if they follow from the stride
   * @param channels of a cell
   * @param supervised whether training asks every cell for the entity types at its place
   */
  public record FeatureMap(
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int stride,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) int cells,
      int channels,
      boolean supervised) {

    /** Checks the numbers. */
    public FeatureMap {
      require(
          stride >= 0 && cells >= 0 && cells <= MOST && (stride > 0) != (cells > 0),
          "a map has neither a stride nor a number of cells, or both");
      require(channels > 0 && channels <= MOST, "a map has no channels");
    }

    /** Returns how many cells lie along a side of the input that has so many pixels. */
    int along(int pixels) {
      return cells > 0 ? cells : pixels / stride;
    }
  }

  /**
   * What of the maps describes a region.
   *
   * @param projection components that the appearance is projected on
   * @param pools parts of the appearance, in order
   */
  public record Regions(int projection, List<Pool> pools) {

    /** Checks the numbers. */
    public Regions {
      pools = List.copyOf(pools == null ? List.of() : pools);
      require(projection > 0 && !pools.isEmpty(), "the regions have no pools or no projection");
    }
  }

  /**
   * A map averaged over the cells of a region.
   *
   * @param map its name
   * @param cells along each side of the region
   * @param enlarged factor by which the region is enlarged before, about its centre
   * @param root whether the square root of each average is taken, which evens out channels that are
   *     never negative
   */
  public record Pool(
      String map,
      int cells,
      float enlarged,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean root) {

    /** Checks the numbers. */
    public Pool {
      enlarged = enlarged == 0 ? 1 : enlarged;
      require(
          map != null && cells > 0 && cells <= 16 && enlarged >= 1 && enlarged <= 16,
          "a pool names no map, or has no cells");
    }
  }

  /**
   * Names of classes: a region is described by the mean of their vectors, each weighted by the
   * class's probability there.
   *
   * @param of {@value #CLASSES} for the probabilities of the proposals, or the name of a map whose
   *     channels are the logits of the classes
   * @param names of the classes, in order
   * @param size components of the names' vectors that are kept
   */
  public record Words(String of, List<String> names, int size) {

    /** Checks the numbers. */
    public Words {
      names = List.copyOf(names == null ? List.of() : names);
      require(
          of != null && !names.isEmpty() && names.size() <= MOST && size > 0 && size <= MOST,
          "the words have no origin, no names or no size");
    }
  }

  /**
   * How training treats the weights of a graph.
   *
   * @param trunk beginnings of the names of weights that get the trunk's share of the learning
   *     rate; all others are of what proposes regions
   * @param constant parts of the names of weights that are never trained
   * @param half beginnings of the names of weights that a bundle stores in half precision
   */
  public record Weights(
      List<String> trunk,
      List<String> constant,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> half) {

    /** Copies the lists. */
    public Weights {
      trunk = List.copyOf(trunk == null ? List.of() : trunk);
      constant = List.copyOf(constant == null ? List.of() : constant);
      half = List.copyOf(half == null ? List.of() : half);
    }
  }

  /**
   * Checks that the parts agree.
   *
   * @throws IllegalArgumentException if they do not; the message is the end of a sentence
   */
  public BackboneSpec {
    require(format != null && input != null, "it names no format or no input");
    require(
        outputs != null && maps != null && regions != null, "it lacks outputs, maps or regions");
    outputs = List.copyOf(outputs);
    maps = Collections.unmodifiableMap(new LinkedHashMap<>(maps));
    classes = List.copyOf(classes == null ? List.of() : classes);
    entityTypes = List.copyOf(entityTypes == null ? List.of() : entityTypes);
    regions = List.copyOf(regions);
    words = List.copyOf(words == null ? List.of() : words);
    weights = weights == null ? new Weights(null, null, null) : weights;
    require(!regions.isEmpty(), "nothing describes a region");
    require(Set.copyOf(outputs).size() == outputs.size(), "an output stands there twice");
    require(outputs.contains(BOXES), "no output is called " + BOXES);
    require(querySize >= 0 && querySize <= MOST, "the query size is out of range");
    require(outputs.contains(QUERIES) == querySize > 0, "output and size of queries disagree");
    require(outputs.contains(CLASSES) != classes.isEmpty(), "output and names of classes disagree");
    require(entityTypes.isEmpty() || outputs.contains(ENTITIES), "no output is called " + ENTITIES);
    for (String output : outputs) {
      require(
          OF_PROPOSALS.contains(output) != maps.containsKey(output),
          "the output " + output + " is no map and nothing else");
    }
    for (Map.Entry<String, FeatureMap> map : maps.entrySet()) {
      require(outputs.contains(map.getKey()), "the map " + map.getKey() + " is no output");
      int stride = Math.max(1, map.getValue().stride());
      require(
          input.width() % stride == 0 && input.height() % stride == 0,
          "the stride of the map " + map.getKey() + " does not divide the input");
    }
    for (Regions part : regions) {
      for (Pool pool : part.pools()) {
        require(maps.containsKey(pool.map()), "there is no map " + pool.map() + " to pool");
      }
    }
    for (Words word : words) {
      int channels =
          word.of().equals(CLASSES)
              ? classes.size()
              : maps.containsKey(word.of()) ? maps.get(word.of()).channels() : 0;
      require(word.names().size() == channels, "the words of " + word.of() + " are other ones");
    }
  }

  /** Returns the same with all weights stored as they are trained. */
  public BackboneSpec inFullPrecision() {
    return new BackboneSpec(
        format,
        input,
        outputs,
        maps,
        querySize,
        classes,
        entityTypes,
        regions,
        words,
        new Weights(weights.trunk(), weights.constant(), List.of()));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
