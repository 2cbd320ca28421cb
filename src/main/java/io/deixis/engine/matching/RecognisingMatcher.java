package io.deixis.engine.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.torch.Scalars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Asks three questions apart: which region the phrase means (a {@link TwoTowerMatcher}), what each
 * region is by itself (recognition: two smaller towers, and the likeness of the phrase to the names
 * of the region's classes), and whether the thing is in the image at all (presence, which reads
 * both). So negatives that are hard to recognise cost the first question nothing; SAM 3 (Carion et
 * al., 2025) parts recognition from localisation for the same reason.
 *
 * <p>The common space holds the vectors of both pairs of towers side by side, then the words.
 */
public final class RecognisingMatcher implements Matcher {

  /** The kind's name. */
  public static final String KIND = "recognising";

  /** Leads a phrase's vector to the components of class names [phrases, size]; given. */
  public static final String WORDS = "words.basis";

  private static final String TEMPERATURE = "recognise.temperature";
  private static final String BIAS = "recognise.bias";
  private static final String GATES = "recognise.gates.weight";
  private static final String GATE_BIAS = "recognise.gates.bias";
  private static final String SHARE = "recognise.share";
  private static final String PRESENCE_OUT = "present.out";
  private static final String PRESENCE_SHARES = "present.shares";
  private static final String LEVEL = "level";

  private static final float GATE_SCALE = 3;
  private static final int[] OVER_REGIONS = {2};

  private final Type type;
  private final Map<String, NDArray> weights;
  private final TwoTowerMatcher located;

  private RecognisingMatcher(Type type, Map<String, NDArray> weights) {
    this.type = type;
    this.weights = Map.copyOf(weights);
    this.located = type.located.create(weights);
  }

  /**
   * The towers' sizes.
   *
   * @param located tells which region is meant; its own presence tower is not used
   * @param recognition width of the space of recognition
   * @param hidden width of the first layer of recognition's towers
   * @param presence width of presence's hidden layer
   */
  public record Type(TwoTowerMatcher.Type located, int recognition, int hidden, int presence)
      implements MatcherType {

    Type(MatcherSpec spec, Inputs inputs) {
      this(
          new TwoTowerMatcher.Type(spec, inputs),
          spec.size("recognition"),
          spec.size("recognition hidden"),
          spec.size("presence"));
      if (inputs.words().stream().distinct().count() > 1) {
        throw new IllegalArgumentException("its lists of words differ in size");
      }
    }

    private int vocabularies() {
      return located.inputs().words().size();
    }

    private int wordSize() {
      return vocabularies() == 0 ? 0 : located.inputs().words().get(0);
    }

    @Override
    public Map<String, Shape> shapes(int pieces) {
      Map<String, Shape> shapes = new LinkedHashMap<>(located.shapes(pieces));
      shapes.keySet().removeIf(name -> name.startsWith("presence."));
      Layers.tower(shapes, "recognise.phrase", located.phraseSize(), hidden, recognition);
      Layers.tower(shapes, "recognise.region", located.inputs().regions(), hidden, recognition);
      shapes.put(TEMPERATURE, new Shape(1));
      shapes.put(BIAS, new Shape(1));
      shapes.put(SHARE, new Shape(1));
      long vocabularies = vocabularies();
      if (vocabularies > 0) {
        shapes.put(GATES, new Shape(vocabularies, recognition));
        shapes.put(GATE_BIAS, new Shape(vocabularies));
        shapes.put(WORDS, new Shape(located.inputs().phrases(), wordSize()));
      }
      long input = 3L * located.width() + recognition + 3 + 2 * vocabularies;
      shapes.put("present.hidden.weight", new Shape(presence, input));
      shapes.put("present.hidden.bias", new Shape(presence));
      shapes.put(PRESENCE_OUT, new Shape(presence, 1));
      shapes.put(PRESENCE_SHARES, new Shape(2));
      shapes.put(LEVEL, new Shape(3));
      return shapes;
    }

    @Override
    public Set<String> embeddings() {
      return located.embeddings();
    }

    @Override
    public Set<String> given() {
      return vocabularies() == 0 ? Set.of() : Set.of(WORDS);
    }

    @Override
    public NDArray initial(NDManager manager, String name, Shape shape) {
      return switch (name) {
        case TEMPERATURE -> manager.ones(shape);
        case BIAS -> manager.zeros(shape).sub(2);
        case SHARE -> manager.zeros(shape).add(0.3f);
        case GATE_BIAS -> manager.ones(shape);
        case PRESENCE_SHARES -> manager.zeros(shape).add(0.5f);
        // Of presence, of the highest logit, and what is added.
        case LEVEL -> manager.create(new float[] {0.5f, 0.5f, 0});
        case WORDS, PRESENCE_OUT -> manager.zeros(shape);
        default -> located.initial(manager, name, shape);
      };
    }

    @Override
    public Matcher create(Map<String, NDArray> weights) {
      return new RecognisingMatcher(this, weights);
    }
  }

  @Override
  public int width() {
    return type.located.width() + type.recognition + type.vocabularies() * type.wordSize();
  }

  @Override
  public NDArray phrases(
      NDArray sentences, NDArray contexts, NDArray pieces, NDArray present, float dropout) {
    NDArray input = located.read(sentences, contexts, pieces, present);
    NDList parts =
        new NDList(
            Layers.tower(weights, "phrase", input, dropout),
            Layers.tower(weights, "recognise.phrase", input, dropout));
    if (type.vocabularies() > 0) {
      NDArray words = sentences.matMul(weights.get(WORDS));
      IntStream.range(0, type.vocabularies()).forEach(each -> parts.add(words));
    }
    return NDArrays.concat(parts, -1);
  }

  @Override
  public NDArray regions(NDArray features, float dropout) {
    NDList parts =
        new NDList(
            Layers.tower(weights, "region", features, dropout),
            Layers.tower(weights, "recognise.region", features, dropout));
    int words = type.vocabularies() * type.wordSize();
    if (words > 0) {
      long size = features.getShape().get(1);
      parts.add(features.get(new NDIndex(":,{}:", size - words)));
    }
    return NDArrays.concat(parts, -1);
  }

  private NDArray toLocate(NDArray vectors) {
    return part(vectors, 0, type.located.width());
  }

  private NDArray toRecognise(NDArray vectors) {
    return part(vectors, type.located.width(), type.recognition);
  }

  private NDArray words(NDArray vectors, int vocabulary) {
    int from = type.located.width() + type.recognition + vocabulary * type.wordSize();
    return part(vectors, from, type.wordSize());
  }

  private static NDArray part(NDArray vectors, int from, int size) {
    return vectors.get(new NDIndex(":,:,{}:{}", from, from + size));
  }

  /** What recognition finds is a further witness of which region is meant. */
  @Override
  public Match match(NDArray phrases, NDArray regions, float dropout) {
    List<NDArray> likeness = likeness(phrases, regions);
    NDArray recognition = recognition(phrases, regions, likeness);
    NDArray logits =
        located
            .logits(toLocate(phrases), toLocate(regions))
            .add(recognition.stopGradient().mul(weights.get(SHARE)));
    NDArray presence = presence(phrases, regions, logits, recognition, likeness, dropout);
    return new Match(logits, recognition, presence, logits.add(level(presence, logits)));
  }

  private NDArray recognition(NDArray phrases, NDArray regions, List<NDArray> likeness) {
    NDArray recognised = toRecognise(phrases);
    NDArray sum =
        recognised
            .matMul(toRecognise(regions).transpose(0, 2, 1))
            .div(Scalars.of(phrases, (float) Math.sqrt(type.recognition)))
            .mul(weights.get(TEMPERATURE))
            .add(weights.get(BIAS));
    for (int i = 0; i < likeness.size(); i++) {
      NDArray gate =
          recognised
              .matMul(weights.get(GATES).get(new NDIndex("{}:{}", i, i + 1)).transpose())
              .add(weights.get(GATE_BIAS).get(new NDIndex("{}:{}", i, i + 1)));
      sum =
          sum.add(
              likeness
                  .get(i)
                  .mul(gate.getNDArrayInternal().softPlus())
                  .mul(Scalars.of(phrases, GATE_SCALE)));
    }
    return sum;
  }

  /** Returns the likeness of phrases to the words of regions [B, P, N], for each vocabulary. */
  private List<NDArray> likeness(NDArray phrases, NDArray regions) {
    return IntStream.range(0, type.vocabularies())
        .mapToObj(i -> words(phrases, i).matMul(words(regions, i).transpose(0, 2, 1)))
        .toList();
  }

  /** No gradient reaches the towers that locate. */
  private NDArray presence(
      NDArray phrases,
      NDArray regions,
      NDArray logits,
      NDArray recognition,
      List<NDArray> likeness,
      float dropout) {
    NDArray fixed = logits.stopGradient();
    NDArray attention = fixed.softmax(2);
    NDArray phrase = toLocate(phrases).stopGradient();
    NDArray region = toLocate(regions).stopGradient();
    NDArray attended = attention.mul(recognition).sum(OVER_REGIONS, true);
    NDArray most = recognition.max(OVER_REGIONS, true);
    NDList input =
        new NDList(
            phrase.mul(attention.matMul(region)),
            phrase.mul(region.mean(new int[] {1}, true)),
            phrase,
            toRecognise(phrases).mul(attention.matMul(toRecognise(regions))),
            attended,
            most,
            fixed.max(OVER_REGIONS, true));
    for (NDArray ofWords : likeness) {
      input.add(attention.mul(ofWords).sum(OVER_REGIONS, true));
      input.add(ofWords.max(OVER_REGIONS, true));
    }
    NDArray hidden = Layers.hidden(weights, "present.hidden", NDArrays.concat(input, 2), dropout);
    NDArray shares = weights.get(PRESENCE_SHARES);
    return hidden
        .matMul(weights.get(PRESENCE_OUT))
        .add(attended.mul(shares.get(new NDIndex("0:1"))))
        .add(most.mul(shares.get(new NDIndex("1:2"))));
  }

  @Override
  public NDArray offsets(NDArray phrases, NDArray regions) {
    return located.offsets(toLocate(phrases), toLocate(regions));
  }

  /** The level of the logits themselves says less than presence does; training weighs both. */
  private NDArray level(NDArray presence, NDArray logits) {
    NDArray highest = logits.stopGradient().max(OVER_REGIONS, true);
    NDArray shares = weights.get(LEVEL);
    return presence
        .stopGradient()
        .mul(shares.get(new NDIndex("0:1")))
        .add(highest.mul(shares.get(new NDIndex("1:2")).sub(1)))
        .add(shares.get(new NDIndex("2:3")));
  }
}
