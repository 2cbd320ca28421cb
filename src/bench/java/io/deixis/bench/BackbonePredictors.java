package io.deixis.bench;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.modality.cv.BufferedImageFactory;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.util.NDImageUtils;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.deixis.engine.torch.TorchEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What DJL itself takes for the backbone of a bundle: a {@link Predictor} for each thread that
 * decodes a photo, scales it, runs the graph and reads the boxes. No regions, no phrases, no HTTP.
 */
final class BackbonePredictors implements Load.Peer, AutoCloseable {

  private static final int SIDE = 416;

  private final Model model;
  private final byte[][] photos;
  private final Queue<Predictor<byte[], float[]>> idle = new ConcurrentLinkedQueue<>();

  /**
   * Loads the graph.
   *
   * @param threads of one forward pass
   */
  BackbonePredictors(Path graph, int threads, byte[][] photos) throws Exception {
    TorchEngine.start(threads);
    this.photos = photos;
    this.model = Model.newInstance("backbone", Device.cpu(), TorchEngine.NAME);
    model.load(graph.toAbsolutePath());
  }

  @Override
  public void ask(int number) throws Exception {
    Predictor<byte[], float[]> predictor = idle.poll();
    if (predictor == null) {
      predictor = model.newPredictor(new Boxes());
    }
    predictor.predict(photos[number]);
    idle.add(predictor);
  }

  @Override
  public void close() {
    idle.forEach(Predictor::close);
    model.close();
  }

  /** JPEG to boxes, by DJL's own means. */
  private static final class Boxes implements Translator<byte[], float[]> {

    @Override
    public NDList processInput(TranslatorContext context, byte[] jpeg) throws IOException {
      Image image = new BufferedImageFactory().fromInputStream(new ByteArrayInputStream(jpeg));
      return new NDList(
          NDImageUtils.toTensor(
              NDImageUtils.resize(
                  image.toNDArray(context.getNDManager()),
                  SIDE,
                  SIDE,
                  Image.Interpolation.BILINEAR)));
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList output) {
      return output.get(0).toFloatArray();
    }

    @Override
    public Batchifier getBatchifier() {
      return Batchifier.STACK;
    }
  }
}
