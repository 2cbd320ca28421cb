package io.deixis.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.matching.RecognisingMatcher;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.torch.TorchExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class ClassWordsTest {

  private static final int SIZE = 64;

  @Test
  void productsWithNamesAreThoseOfTheEncodersVectors() {
    BackboneSpec standard = Architecture.STANDARD.backbone();
    BackboneSpec spec =
        new BackboneSpec(
            standard.format(),
            standard.input(),
            standard.outputs(),
            standard.maps(),
            standard.querySize(),
            standard.classes(),
            standard.entityTypes(),
            standard.regions(),
            List.of(new BackboneSpec.Words(BackboneSpec.CLASSES, standard.classes(), SIZE)),
            standard.weights());
    try (PhraseEncoder encoder =
        PhraseEncoder.load(Architecture.STANDARD.phraseEncoder(), Device.cpu())) {
      Map<String, float[]> words = ClassWords.of(spec, encoder);
      float[] names = words.get("words.classes");
      float[] phrase = encoder.encode(List.of("a dog")).sentences().get(0);
      List<float[]> whole = encoder.encode(standard.classes()).sentences();
      float[] led = led(phrase, words.get(RecognisingMatcher.WORDS));

      int best = 0;
      for (int name = 0; name < whole.size(); name++) {
        double kept = product(led, names, name * SIZE, SIZE);
        assertThat(kept)
            .as(standard.classes().get(name))
            .isCloseTo(product(phrase, whole.get(name), 0, phrase.length), within(0.12));
        best = kept > product(led, names, best * SIZE, SIZE) ? name : best;
      }
      assertThat(standard.classes().get(best)).isEqualTo("dog");
      assertThat(ClassWords.of(standard, encoder)).isEmpty();
    }
  }

  private static float[] led(float[] phrase, float[] basis) {
    float[] led = new float[SIZE];
    for (int i = 0; i < phrase.length; i++) {
      for (int k = 0; k < SIZE; k++) {
        led[k] += phrase[i] * basis[i * SIZE + k];
      }
    }
    return led;
  }

  private static double product(float[] a, float[] b, int from, int size) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += a[i] * b[from + i];
    }
    return sum;
  }
}
