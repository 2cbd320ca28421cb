package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedModelsTest {

  @TempDir private static Path folder;
  private static long one;

  /** The phrase encoder that all of them use. */
  private static long shared;

  private final List<String> loads = new ArrayList<>();

  @BeforeAll
  static void write() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      one = ModelBundle.open(SmallBundle.write(folder, name)).bytes();
    }
    try (PhraseEncoder encoder = encoder()) {
      shared = encoder.bytes();
    }
  }

  private static PhraseEncoder encoder() {
    TorchEngine.start(1);
    return PhraseEncoder.load(Architecture.STANDARD.phraseEncoder(), Device.cpu());
  }

  private LoadedModels models(long memory) {
    return new LoadedModels(
        ModelsOf.folder(folder, memory, "a", "b", "c"),
        1,
        model -> loads.add(model.manifest().name()));
  }

  private static void use(LoadedModels models, String name) {
    models.use(name, RequestContext.NONE).close();
  }

  @Test
  void eachModelIsLoadedByItsFirstUse() {
    try (LoadedModels models = models(3 * one + shared)) {
      assertThat(models.manifest("a")).isEmpty();
      for (String name : List.of("a", "b", "a", "b")) {
        use(models, name);
      }
      assertThat(loads).containsExactly("a", "b");
      assertThat(models.manifest("b").orElseThrow().name()).isEqualTo("b");
      assertThat(models.bytes()).isEqualTo(2 * one + shared);
    }
  }

  @Test
  void thoseNotUsedLongestMakeRoom() {
    try (LoadedModels models = models(2 * one + shared)) {
      for (String name : List.of("a", "b", "a", "c", "a", "b")) {
        use(models, name);
      }
      // c takes the place of b, since a was used after it; b then that of c.
      assertThat(loads).containsExactly("a", "b", "c", "b");
      assertThat(models.bytes()).isEqualTo(2 * one + shared);
    }
  }

  @Test
  void aModelLargerThanTheLimitIsLoadedAlone() {
    try (LoadedModels models = models(1)) {
      use(models, "a");
      use(models, "b");
      assertThat(models.manifest("a")).isEmpty();
      assertThat(models.manifest("b")).isPresent();
    }
  }

  @Test
  void aModelInUseIsClosedOnlyAfterwards() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (LoadedModels models = models(one + shared)) {
      LoadedModels.Use inUse = models.use("a", RequestContext.NONE);
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(
              () -> {
                begun.countDown();
                use(models, "b");
              });
      begun.await();
      while (models.manifest("a").isPresent()) {
        Thread.onSpinWait(); // until a is chosen to make room
      }
      assertThat(loads).containsExactly("a");
      assertThat(other).isNotDone();
      inUse.model().warmUp(); // a closed model could not
      inUse.close();
      other.join();
      assertThat(loads).containsExactly("a", "b");
    }
  }

  @Test
  void whoeverAsksFirstWaitsNoLongerThanItMay() {
    RequestContext hurried = RequestContext.NONE.within(Deadline.after(Duration.ofMillis(20)));
    try (LoadedModels models = models(one + shared)) {
      try (LoadedModels.Use inUse = models.use("a", RequestContext.NONE)) {
        assertThatThrownBy(() -> models.use("b", hurried))
            .isInstanceOfSatisfying(
                GroundingException.class,
                late -> assertThat(late.refusal().reason()).isEqualTo(Reason.DEADLINE_EXCEEDED));
        inUse.model().warmUp();
      }
      use(models, "b"); // which goes on being loaded
      assertThat(loads).containsExactly("a", "b");
    }
  }

  @Test
  void aBundleThatCannotBeLoadedIsTriedAgain() throws IOException {
    Path broken = SmallBundle.write(folder, "broken");
    byte[] head = Files.readAllBytes(broken.resolve(ModelBundle.HEAD));
    try (LoadedModels models =
        new LoadedModels(ModelsOf.folder(folder, one + shared, "broken"), 1, model -> {})) {
      Files.write(broken.resolve(ModelBundle.HEAD), new byte[] {1});
      assertThatThrownBy(() -> use(models, "broken"))
          .isInstanceOf(GroundingException.class)
          .hasMessageContaining("restore it");
      Files.write(broken.resolve(ModelBundle.HEAD), head);
      use(models, "broken");
      assertThat(models.manifest("broken")).isPresent();
    }
  }
}
