package io.deixis.engine.published;

import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.EncodedPhrases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * OWL-ViT and OWLv2 (Minderer et al., "Simple Open-Vocabulary Object Detection with Vision
 * Transformers", 2022; "Scaling Open-Vocabulary Object Detection", 2023): every patch has a box and
 * a class vector, which a phrase's vector is compared with. As one graph, or as two of which each
 * runs once: that of the photo and that of the phrases.
 */
final class Owl implements Detector {

  private static final List<String> OF_PHOTO =
      List.of("pred_boxes", "class_embeds", "logit_shift", "logit_scale");

  private final DetectorSpec spec;
  private final List<Graph> graphs;
  private final Tokens tokens;

  private Owl(DetectorSpec spec, List<Graph> graphs, Tokens tokens) {
    this.spec = spec;
    this.graphs = graphs;
    this.tokens = tokens;
  }

  static Owl load(Path folder, DetectorSpec spec) {
    Tokens tokens = Tokens.load(folder.resolve(DetectorSpec.TOKENIZER));
    List<Graph> graphs = new ArrayList<>();
    try {
      spec.graphs()
          .forEach(
              name ->
                  graphs.add(
                      Graph.load(folder.resolve(name), DetectorSpec.inputs(spec.kind(), name))));
      return new Owl(spec, graphs, tokens);
    } catch (RuntimeException e) {
      graphs.forEach(Graph::close);
      tokens.close();
      throw e;
    }
  }

  @Override
  public EncodedPhoto encode(UprightImage photo) {
    PhotoSpec.Pixels pixels = spec.photo().prepare(photo);
    float across = (float) (pixels.width() / pixels.filledWidth());
    float down = (float) (pixels.height() / pixels.filledHeight());
    if (!spec.isApart()) {
      return new EncodedPhoto(new float[0], List.of(pixels.pixels(), new float[] {across, down}));
    }
    Outputs outputs =
        new Outputs(graphs.get(0).run(Map.of("pixel_values", input(pixels.pixels())), OF_PHOTO));
    return new EncodedPhoto(
        Detector.corners(outputs.get("pred_boxes", 0).floats(), across, down),
        List.of(
            outputs.get("class_embeds", 1).floats(),
            outputs.get("logit_shift", 2).floats(),
            outputs.get("logit_scale", 3).floats()));
  }

  private Tensor input(float[] pixels) {
    return Tensor.of(pixels, 1, 3, spec.photo().height(), spec.photo().width());
  }

  @Override
  public EncodedPhrases encode(List<String> phrases) {
    List<long[]> ids =
        phrases.stream().map(phrase -> tokens.padded(phrase, spec.tokens())).toList();
    List<float[]> vectors = new ArrayList<>();
    if (spec.isApart()) {
      for (List<long[]> batch : batches(ids)) {
        Outputs outputs = new Outputs(graphs.get(1).run(texts(batch), List.of("text_embeds")));
        vectors.addAll(rows(outputs.get("text_embeds", 0).floats(), batch.size()));
      }
      vectors.subList(ids.size(), vectors.size()).clear();
    } else {
      ids.forEach(phrase -> vectors.add(new float[0]));
    }
    return new EncodedPhrases(vectors, vectors, ids);
  }

  /**
   * Returns phrases in as many batches as the graph needs: one, unless it takes some number of
   * texts; then the last phrase fills its batch up.
   */
  private List<List<long[]>> batches(List<long[]> ids) {
    int size = spec.texts();
    if (size == 0) {
      return List.of(ids);
    }
    List<List<long[]>> batches = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += size) {
      List<long[]> batch = new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + size)));
      while (batch.size() < size) {
        batch.add(batch.get(batch.size() - 1));
      }
      batches.add(batch);
    }
    return batches;
  }

  private static List<float[]> rows(float[] all, int count) {
    int length = all.length / count;
    List<float[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(Arrays.copyOfRange(all, i * length, (i + 1) * length));
    }
    return rows;
  }

  private static Map<String, Tensor> texts(List<long[]> ids) {
    int length = ids.get(0).length;
    long[] all = ids.stream().flatMapToLong(Arrays::stream).toArray();
    long[] mask = ids.stream().flatMapToLong(Owl::attended).toArray();
    return Map.of(
        "input_ids", Tensor.of(all, ids.size(), length),
        "attention_mask", Tensor.of(mask, ids.size(), length));
  }

  /** Returns 1 as far as a text goes: what it is filled up with, 0, may be a token of it too. */
  private static LongStream attended(long[] ids) {
    int length = ids.length;
    while (length > 0 && ids[length - 1] == 0) {
      length--;
    }
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 0, length, 1);
    return Arrays.stream(mask);
  }

  @Override
  public List<Detections> match(EncodedPhoto photo, EncodedPhrases phrases) {
    return spec.isApart() ? compare(photo, phrases) : runWhole(photo, phrases);
  }

  /** A patch's logit is the cosine with a phrase, shifted and scaled by the patch. */
  private static List<Detections> compare(EncodedPhoto photo, EncodedPhrases phrases) {
    float[] classes = photo.arrays().get(0);
    float[] shift = photo.arrays().get(1);
    float[] scale = photo.arrays().get(2);
    List<Detections> detections = new ArrayList<>();
    for (float[] phrase : phrases.sentences()) {
      float[] logits = new float[shift.length];
      for (int patch = 0; patch < logits.length; patch++) {
        float cosine = 0;
        for (int d = 0; d < phrase.length; d++) {
          cosine += classes[patch * phrase.length + d] * phrase[d];
        }
        logits[patch] = (cosine + shift[patch]) * scale[patch];
      }
      detections.add(new Detections(photo.boxes(), logits));
    }
    return detections;
  }

  private List<Detections> runWhole(EncodedPhoto photo, EncodedPhrases phrases) {
    List<Detections> detections = new ArrayList<>();
    for (List<long[]> batch : batches(phrases.pieces())) {
      detections.addAll(run(photo, batch));
    }
    return detections.subList(0, phrases.pieces().size());
  }

  private List<Detections> run(EncodedPhoto photo, List<long[]> phrases) {
    Map<String, Tensor> inputs = new HashMap<>(texts(phrases));
    inputs.put("pixel_values", input(photo.arrays().get(0)));
    int count = phrases.size();
    Outputs outputs = new Outputs(graphs.get(0).run(inputs, Outputs.LOGITS_AND_BOXES));
    Tensor all = outputs.logits(count);
    float[] fit = photo.arrays().get(1);
    float[] boxes = Detector.corners(outputs.boxes(all).floats(), fit[0], fit[1]);
    List<Detections> detections = new ArrayList<>();
    for (int phrase = 0; phrase < count; phrase++) {
      float[] logits = new float[boxes.length / 4];
      for (int patch = 0; patch < logits.length; patch++) {
        logits[patch] = all.floats()[patch * count + phrase];
      }
      detections.add(new Detections(boxes, logits));
    }
    return detections;
  }

  @Override
  public void close() {
    graphs.forEach(Graph::close);
    tokens.close();
  }
}
