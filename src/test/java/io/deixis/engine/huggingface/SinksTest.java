package io.deixis.engine.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.grounding.PhraseMatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sinks stand behind every prompt of a fused detector, and get no answer. */
class SinksTest {

  private static final Path GOLDEN = Path.of("src/test/resources/published");

  @TempDir private Path models;

  @Test
  void aSinkIsAskedForAndNotAnswered() throws IOException {
    UprightImage photo =
        new ImageDecoder(1 << 20, 1 << 20)
            .decode(Files.readAllBytes(GOLDEN.resolve("photos/12.png")));
    List<PhraseMatches> besides = asked("plain", List.of(), photo, "a red square", "something");
    List<PhraseMatches> withSink = asked("sunk", List.of("something"), photo, "a red square");
    List<PhraseMatches> without = asked("alone", List.of(), photo, "a red square");

    assertThat(withSink).hasSize(1);
    assertThat(withSink.get(0)).isEqualTo(besides.get(0));
    assertThat(withSink.get(0).logits()).isNotEqualTo(without.get(0).logits());
  }

  private List<PhraseMatches> asked(
      String name, List<String> sinks, UprightImage photo, String... phrases) {
    ModelBundle bundle =
        new ModelImport(
                GOLDEN.resolve("grounding-dino"),
                models,
                name,
                new ModelImport.Options(Optional.empty(), sinks, 1, Optional.empty()))
            .run();
    assertThat(bundle.manifest().detector().sinks()).isEqualTo(sinks);
    try (GroundingModel model = GroundingModel.load(bundle, Device.cpu())) {
      return model.match(
          model.encode(photo), Stream.of(phrases).map(ContextualPhrase::alone).toList());
    }
  }
}
