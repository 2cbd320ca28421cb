package io.deixis.engine.published;

import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.torch.EngineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A published detector, ready to run. Thread-safe. */
public interface Detector extends AutoCloseable {

  /**
   * Loads a detector.
   *
   * @param folder of its files
   * @throws EngineException if the engine cannot load one, or a graph has other inputs or outputs
   *     than its kind; the message says which
   */
  static Detector load(Path folder, DetectorSpec spec) {
    return spec.kind().isFused() ? GroundingDino.load(folder, spec) : Owl.load(folder, spec);
  }

  /**
   * What a detector keeps of a photo.
   *
   * @param boxes [N, 4], xyxy in normalised coordinates, some of them partly outside; empty where
   *     they depend on phrases
   * @param arrays the detector's own
   */
  record EncodedPhoto(float[] boxes, List<float[]> arrays) {}

  /**
   * Boxes for a phrase.
   *
   * @param boxes [N, 4], xyxy in normalised coordinates, some of them partly outside
   * @param logits one for each box
   */
  record Detections(float[] boxes, float[] logits) {}

  /** Encodes a photo: the part of the work that does not depend on phrases. */
  EncodedPhoto encode(UprightImage photo);

  /** Encodes phrases: the part of the work that does not depend on the photo. */
  EncodedPhrases encode(List<String> phrases);

  /** Finds boxes for phrases; one answer for each, in order. */
  List<Detections> match(EncodedPhoto photo, EncodedPhrases phrases);

  @Override
  void close();

  /**
   * What a graph gave.
   *
   * @param tensors by name, or by place where the graph does not tell names
   */
  record Outputs(Map<String, Tensor> tensors) {

    static final List<String> LOGITS_AND_BOXES = List.of("logits", "pred_boxes");

    Tensor get(String name, int place) {
      Tensor tensor = tensors.getOrDefault(name, tensors.get(Integer.toString(place)));
      if (tensor == null) {
        throw new EngineException(
            "The graph gives no output " + name,
            "export the model again with the exporter in models/export.",
            null);
      }
      return tensor;
    }

    /** Returns the logits [1, N, columns]; of outputs without names the first of such a shape. */
    Tensor logits(int columns) {
      return tensors.values().stream()
          .filter(tensor -> isRows(tensor, columns))
          .findFirst()
          .filter(tensor -> !tensors.containsKey("logits"))
          .orElseGet(() -> checked("logits", columns));
    }

    /** Returns the boxes [1, N, 4]; of outputs without names the first of such a shape. */
    Tensor boxes(Tensor logits) {
      return tensors.values().stream()
          .filter(tensor -> tensor != logits && isRows(tensor, 4))
          .findFirst()
          .filter(tensor -> !tensors.containsKey("pred_boxes"))
          .orElseGet(() -> checked("pred_boxes", 4));
    }

    private Tensor checked(String name, int columns) {
      Tensor tensor = get(name, -1);
      if (!isRows(tensor, columns)) {
        throw new EngineException(
            "The graph's output %s is not of shape [1, N, %d]".formatted(name, columns),
            "export the model again with the exporter in models/export.",
            null);
      }
      return tensor;
    }

    private static boolean isRows(Tensor tensor, int columns) {
      long[] shape = tensor.shape();
      return shape.length == 3 && shape[0] == 1 && shape[1] > 0 && shape[2] == columns;
    }
  }

  /**
   * Turns boxes by centre and size into corners.
   *
   * @param boxes [N, 4], shares of the graph's input or of the photo
   * @param across what makes x a share of the photo's width
   * @param down what makes y a share of its height
   */
  static float[] corners(float[] boxes, double across, double down) {
    float[] corners = new float[boxes.length];
    for (int i = 0; i < boxes.length; i += 4) {
      corners[i] = (float) ((boxes[i] - boxes[i + 2] / 2) * across);
      corners[i + 1] = (float) ((boxes[i + 1] - boxes[i + 3] / 2) * down);
      corners[i + 2] = (float) ((boxes[i] + boxes[i + 2] / 2) * across);
      corners[i + 3] = (float) ((boxes[i + 1] + boxes[i + 3] / 2) * down);
    }
    return corners;
  }
}
