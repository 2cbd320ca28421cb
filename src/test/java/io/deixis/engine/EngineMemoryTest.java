package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.TorchEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No array of the engine outlives the call that made it. */
class EngineMemoryTest {

  @TempDir private static Path models;
  private static GroundingModel model;

  @BeforeAll
  static void load() throws IOException {
    TorchEngine.start(1);
    model = GroundingModel.load(ModelBundle.open(SmallBundle.write(models)), Device.cpu());
    model.match(model.encode(image(8)), phrases(1));
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void lookingLeavesNothingOpen() {
    int before = OpenResources.of(model);

    for (int side : new int[] {1, 50, 900}) {
      model.encode(image(side));
    }

    assertThat(OpenResources.of(model)).isEqualTo(before);
  }

  @Test
  void matchingLeavesNothingOpen() {
    ImageFeatures features = model.encode(image(50));
    int before = OpenResources.of(model);

    for (int count : new int[] {1, 2, 64}) {
      model.match(features, phrases(count));
    }

    assertThat(OpenResources.of(model)).isEqualTo(before);
  }

  @Test
  void failuresLeaveNothingOpen() {
    ImageFeatures features = model.encode(image(50));
    ImageFeatures broken = new ImageFeatures(50, 50, features.boxes(), List.of(new float[7]));
    int before = OpenResources.of(model);

    assertThat(catchThrowable(() -> model.match(broken, phrases(3)))).isNotNull();
    assertThat(catchThrowable(() -> model.match(features, Arrays.asList(phrases(1).get(0), null))))
        .isNotNull();
    assertThat(catchThrowable(() -> model.encode((UprightImage) null))).isNotNull();

    assertThat(OpenResources.of(model)).isEqualTo(before);
  }

  @Test
  void whatIsLeftOpenIsCounted() {
    record Owner(NDManager manager) {}
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), TorchEngine.NAME)) {
      Owner owner = new Owner(manager);
      int before = OpenResources.of(owner);

      manager.newSubManager().create(1f);

      assertThat(OpenResources.of(owner)).isEqualTo(before + 2);
    }
  }

  private static UprightImage image(int side) {
    return new UprightImage(side, side, new byte[3 * side * side]);
  }

  private static List<ContextualPhrase> phrases(int count) {
    return IntStream.range(0, count).mapToObj(i -> ContextualPhrase.alone("dog " + i)).toList();
  }
}
