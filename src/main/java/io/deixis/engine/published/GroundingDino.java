package io.deixis.engine.published;

import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.EncodedPhrases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Grounding DINO (Liu et al., "Grounding DINO: Marrying DINO with Grounded Pre-Training for
 * Open-Set Object Detection", 2023) and its kin: photo and text meet in the encoder, so that the
 * whole graph runs for every text. A phrase's logit for a box is the highest of those of its own
 * tokens.
 */
final class GroundingDino implements Detector {

  private final DetectorSpec spec;
  private final Graph graph;
  private final Tokens tokens;
  private final List<long[]> sinks;
  private final int fixedLength;
  private final int most;

  private GroundingDino(DetectorSpec spec, Graph graph, Tokens tokens) {
    this.spec = spec;
    this.graph = graph;
    this.tokens = tokens;
    long[] ids = graph.inputs().getOrDefault("input_ids", new long[0]);
    this.fixedLength = ids.length == 2 && ids[1] > 0 ? (int) ids[1] : 0;
    int length = fixedLength > 0 ? Math.min(fixedLength, spec.tokens()) : spec.tokens();
    this.sinks = spec.sinks().stream().map(sink -> tokens.pieces(sink, length / 2)).toList();
    this.most = length - Tokens.Prompt.MARKS - sinks.stream().mapToInt(Tokens::length).sum();
    if (most < 2) {
      throw new IllegalArgumentException("its sinks leave no room for phrases");
    }
  }

  static GroundingDino load(Path folder, DetectorSpec spec) {
    Tokens tokens = Tokens.load(folder.resolve(DetectorSpec.TOKENIZER));
    Graph graph = null;
    try {
      String name = spec.graphs().get(0);
      graph = Graph.load(folder.resolve(name), DetectorSpec.inputs(spec.kind(), name));
      return new GroundingDino(spec, graph, tokens);
    } catch (RuntimeException e) {
      if (graph != null) {
        graph.close();
      }
      tokens.close();
      throw e;
    }
  }

  @Override
  public EncodedPhoto encode(UprightImage photo) {
    PhotoSpec.Pixels pixels = spec.photo().prepare(photo);
    float[] frame = {
      pixels.height(), pixels.width(), (float) pixels.filledHeight(), (float) pixels.filledWidth()
    };
    return new EncodedPhoto(new float[0], List.of(pixels.pixels(), frame));
  }

  @Override
  public EncodedPhrases encode(List<String> phrases) {
    List<long[]> pieces = phrases.stream().map(phrase -> tokens.pieces(phrase, most - 1)).toList();
    List<float[]> none = phrases.stream().map(phrase -> new float[0]).toList();
    return new EncodedPhrases(none, none, pieces);
  }

  /** Phrases share a text as far as there is room. */
  @Override
  public List<Detections> match(EncodedPhoto photo, EncodedPhrases phrases) {
    List<Detections> detections = new ArrayList<>();
    List<long[]> text = new ArrayList<>();
    int length = 0;
    for (long[] pieces : phrases.pieces()) {
      if (length + Tokens.length(pieces) > most) {
        detections.addAll(run(photo, text));
        text.clear();
        length = 0;
      }
      text.add(pieces);
      length += Tokens.length(pieces);
    }
    detections.addAll(run(photo, text));
    return detections;
  }

  private List<Detections> run(EncodedPhoto photo, List<long[]> phrases) {
    List<long[]> withSinks = new ArrayList<>(phrases);
    withSinks.addAll(sinks);
    Tokens.Prompt prompt = Tokens.Prompt.of(withSinks);
    float[] frame = photo.arrays().get(1);
    Outputs outputs =
        new Outputs(
            graph.run(
                inputs(photo.arrays().get(0), frame, prompt.ids()), Outputs.LOGITS_AND_BOXES));
    Tensor all = outputs.logits(spec.tokens());
    // Without a mask the graph takes the filling for a part of the photo.
    boolean masked = graph.inputs().containsKey("pixel_mask");
    float[] boxes =
        Detector.corners(
            outputs.boxes(all).floats(),
            masked ? 1 : frame[1] / frame[3],
            masked ? 1 : frame[0] / frame[2]);
    List<Detections> detections = new ArrayList<>();
    for (int phrase = 0; phrase < phrases.size(); phrase++) {
      float[] logits = new float[boxes.length / 4];
      for (int query = 0; query < logits.length; query++) {
        logits[query] = Float.NEGATIVE_INFINITY;
        int from = query * spec.tokens() + prompt.starts()[phrase];
        for (int i = from; i < from + phrases.get(phrase).length; i++) {
          logits[query] = Math.max(logits[query], all.floats()[i]);
        }
      }
      detections.add(new Detections(boxes, logits));
    }
    return detections;
  }

  private Map<String, Tensor> inputs(float[] pixels, float[] frame, long[] ids) {
    int height = (int) frame[0];
    int width = (int) frame[1];
    int length = fixedLength > 0 ? fixedLength : ids.length;
    long[] present = new long[length];
    Arrays.fill(present, 0, ids.length, 1);
    Map<String, Tensor> inputs = new HashMap<>();
    inputs.put("pixel_values", Tensor.of(pixels, 1, 3, height, width));
    inputs.put("input_ids", Tensor.of(Arrays.copyOf(ids, length), 1, length));
    inputs.put("token_type_ids", Tensor.of(new long[length], 1, length));
    inputs.put("attention_mask", Tensor.of(present, 1, length));
    if (graph.inputs().containsKey("pixel_mask")) {
      long[] mask = new long[height * width];
      for (int y = 0; y < (int) frame[2]; y++) {
        Arrays.fill(mask, y * width, y * width + (int) frame[3], 1);
      }
      inputs.put("pixel_mask", Tensor.of(mask, 1, height, width));
    }
    return inputs;
  }

  @Override
  public void close() {
    graph.close();
    tokens.close();
  }
}
