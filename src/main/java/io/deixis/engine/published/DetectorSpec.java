package io.deixis.engine.published;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A published open-vocabulary detector, as {@code bundle.json} describes it.
 *
 * @param kind its family
 * @param graphs its file, or those of its image part and its text part
 * @param photo how a photo becomes its pixels
 * @param tokens most tokens that it reads at once: of one phrase (OWL), of all together (Grounding
 *     DINO)
 * @param texts phrases that a graph of OWL is given at once; 0 for all that are asked
 * @param sinks phrases that are added to every prompt and not answered, which draw the attention of
 *     a fused detector to themselves where nothing that is asked for is in the photo; empty for
 *     none
 * @param nms IoU in [0, 1] above which the worse of two boxes of a phrase is dropped; 1 for none,
 *     as the detectors' own libraries have it, since they are trained to find each thing once
 */
public record DetectorSpec(
    Kind kind,
    List<String> graphs,
    PhotoSpec photo,
    int tokens,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int texts,
    List<String> sinks,
    double nms) {

  /** The file of the tokenizer. */
  public static final String TOKENIZER = "tokenizer.json";

  private static final String GRAPH = "(model|image|text)\\.(onnx|pt)";

  /** Names of graphs, and of the weight files beside them, as exporters choose them. */
  private static final String WEIGHTS =
      "[\\p{Alnum}_][\\w.-]{0,120}(\\.onnx|\\.pt|[._]data(_\\d+)?|\\.bin|\\.weights)";

  /** Families of detectors. */
  public enum Kind {
    /** OWL-ViT (Minderer et al., 2022). */
    @JsonProperty("owlvit")
    OWL_VIT("OWL-ViT", 0.1),
    /** OWLv2 (Minderer et al., 2023). */
    @JsonProperty("owlv2")
    OWLV2("OWLv2", 0.1),
    /** Grounding DINO (Liu et al., 2023). */
    @JsonProperty("grounding-dino")
    GROUNDING_DINO("Grounding DINO", 0.25),
    /** MM-Grounding-DINO (Zhao et al., 2024). */
    @JsonProperty("mm-grounding-dino")
    MM_GROUNDING_DINO("MM-Grounding-DINO", 0.25);

    private final String title;
    private final double threshold;

    Kind(String title, double threshold) {
      this.title = title;
      this.threshold = threshold;
    }

    /** Returns the family's name, for people. */
    public String title() {
      return title;
    }

    /** Returns the score from which its own library shows a box. */
    public double threshold() {
      return threshold;
    }

    /** Returns whether text and photo meet before boxes are found, so that no part stands alone. */
    public boolean isFused() {
      return this == GROUNDING_DINO || this == MM_GROUNDING_DINO;
    }
  }

  /**
   * Checks that it is whole.
   *
   * @throws IllegalArgumentException if it is not; the message is the end of a sentence
   */
  public DetectorSpec {
    if (kind == null || graphs == null || photo == null || sinks == null) {
      throw new IllegalArgumentException("its detector lacks kind, graphs, photo or sinks");
    }
    graphs = List.copyOf(graphs);
    sinks = List.copyOf(sinks);
    if (graphs.isEmpty()
        || graphs.size() > (kind.isFused() ? 1 : 2)
        || !graphs.stream().allMatch(name -> name.matches(GRAPH))) {
      throw new IllegalArgumentException("its detector names no graphs such as model.onnx");
    }
    if (tokens < 4 || tokens > 1 << 14) {
      throw new IllegalArgumentException(
          "its detector reads no text of %d tokens".formatted(tokens));
    }
    if (texts < 0 || texts > 0 && kind.isFused()) {
      throw new IllegalArgumentException("its detector takes no %d texts".formatted(texts));
    }
    if (!(nms >= 0 && nms <= 1)) {
      throw new IllegalArgumentException("its nms is no overlap from 0 to 1");
    }
    if (!kind.isFused() && !sinks.isEmpty()) {
      throw new IllegalArgumentException("only a fused detector has sinks");
    }
  }

  /** Returns whether image and text part are apart. */
  @JsonIgnore
  public boolean isApart() {
    return graphs.size() == 2;
  }

  /** Returns what one of its graphs may ask for, in the order of its library. */
  public static List<String> inputs(Kind kind, String graph) {
    if (kind.isFused()) {
      return List.of("pixel_values", "input_ids", "token_type_ids", "attention_mask", "pixel_mask");
    }
    return switch (graph.split("\\.", 2)[0]) {
      case "image" -> List.of("pixel_values");
      case "text" -> List.of("input_ids", "attention_mask");
      default -> List.of("input_ids", "pixel_values", "attention_mask");
    };
  }

  /** Returns whether a file of that name may hold weights. */
  public static boolean isWeights(String name) {
    return name.matches(WEIGHTS);
  }
}
