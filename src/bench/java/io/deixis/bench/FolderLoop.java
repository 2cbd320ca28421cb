package io.deixis.bench;

import ai.djl.Device;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.torch.TorchEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Asks the photos of a folder for one phrase with the engine and nothing else, a photo on each
 * core, and prints the name of each as its boxes are there. {@code src/bench/folder} puts the
 * command {@code ground} beside it. Arguments: bundle, folder, phrase.
 */
public final class FolderLoop {

  private FolderLoop() {}

  /** Runs the loop. */
  public static void main(String... arguments) throws Exception {
    List<Path> photos;
    try (Stream<Path> files = Files.list(Path.of(arguments[1]))) {
      photos = files.sorted().toList();
    }
    TorchEngine.start(1);
    ImageDecoder decoder = new ImageDecoder(20 << 20, 50_000_000);
    try (GroundingModel model =
        GroundingModel.load(ModelBundle.open(Path.of(arguments[0])), Device.cpu())) {
      model.warmUp();
      EncodedPhrases phrases = model.encode(List.of(ContextualPhrase.alone(arguments[2])));
      ExecutorService pool =
          Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
      List<Future<?>> asked = new ArrayList<>();
      for (Path photo : photos) {
        asked.add(
            pool.submit(
                () -> {
                  model.match(model.encode(decoder.decode(Files.readAllBytes(photo))), phrases);
                  System.out.println(photo);
                  return null;
                }));
      }
      for (Future<?> one : asked) {
        one.get(); // throws what went wrong
      }
      pool.shutdown();
    }
  }
}
