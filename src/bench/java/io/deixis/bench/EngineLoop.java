package io.deixis.bench;

import ai.djl.Device;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.TorchEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What the engine takes for a whole answer in the client's own thread: photo decoded, backbone,
 * regions, phrase and matching with the files of a bundle. No HTTP, no queue, no admission, nothing
 * remembered.
 */
final class EngineLoop implements Load.Peer, AutoCloseable {

  private static final int MOST_BYTES = 1 << 20;

  private final GroundingModel model;
  private final Semaphore passes;
  private final byte[][] photos;
  private final ImageDecoder decoder =
      new ImageDecoder(MOST_BYTES, (long) BenchmarkPhoto.WIDTH * BenchmarkPhoto.HEIGHT);

  /**
   * Loads the model.
   *
   * @param threads of one operation
   * @param passes at the same time
   */
  EngineLoop(Path bundle, int threads, int passes, byte[][] photos) {
    TorchEngine.start(threads);
    this.model = GroundingModel.load(ModelBundle.open(bundle), Device.cpu());
    this.passes = new Semaphore(passes, true);
    this.photos = photos;
  }

  @Override
  public void ask(int number) throws InterruptedException {
    passes.acquire();
    try {
      UprightImage image = decoder.decode(photos[number]);
      model.match(model.look(image), List.of(ContextualPhrase.alone(PeerBenchmark.phrase(number))));
    } finally {
      passes.release();
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
