package io.deixis.engine.huggingface;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.published.Detector;
import io.deixis.engine.torch.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ExportTrialTest {

  /** A detector of one box, whose logit follows from a phrase's length and its place. */
  private record Fake(BiFunction<Integer, Integer, Float> logit) implements Detector {

    @Override
    public EncodedPhoto encode(UprightImage photo) {
      return new EncodedPhoto(new float[0], List.of());
    }

    @Override
    public EncodedPhrases encode(List<String> phrases) {
      List<float[]> none = phrases.stream().map(phrase -> new float[0]).toList();
      return new EncodedPhrases(
          none, none, phrases.stream().map(phrase -> new long[phrase.length()]).toList());
    }

    @Override
    public List<Detections> match(EncodedPhoto photo, EncodedPhrases phrases) {
      List<Detections> found = new ArrayList<>();
      for (long[] pieces : phrases.pieces()) {
        float own = logit.apply(pieces.length, found.size());
        found.add(new Detections(new float[] {0, 0, 1, 1}, new float[] {own}));
      }
      return found;
    }

    @Override
    public void close() {}
  }

  private static void run(boolean fused, BiFunction<Integer, Integer, Float> logit) {
    new ExportTrial(new Fake(logit), fused, "model.onnx").run("");
  }

  @Test
  void phrasesThatAreAnsweredByThemselvesPass() {
    assertThatCode(() -> run(true, (length, place) -> length / 20f)).doesNotThrowAnyException();
    assertThatCode(() -> run(false, (length, place) -> length / 20f)).doesNotThrowAnyException();
  }

  @Test
  void masksOfOneTextAreRefusedWithTheirRemedy() {
    assertThatThrownBy(() -> run(true, (length, place) -> (float) place))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("masks of one text")
        .hasMessageContaining("models/export/grounding_dino.py")
        .extracting(e -> ((ImportException) e).reason())
        .isEqualTo(ImportException.Reason.WRONG_EXPORT);
    assertThatThrownBy(() -> run(false, (length, place) -> (float) place))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("models/export/owl.py");
  }

  @Test
  void aGraphOfOneNumberOfPhrasesIsRefused() {
    assertThatThrownBy(
            () ->
                run(
                    false,
                    (length, place) -> {
                      if (place == 2) {
                        throw new EngineException("The graph cannot be run", "mend it", null);
                      }
                      return 0f;
                    }))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("number of phrases");
  }

  @Test
  void numbersThatAreNoneAreRefused() {
    assertThatThrownBy(() -> run(false, (length, place) -> Float.NaN))
        .isInstanceOf(ImportException.class)
        .hasMessageContaining("no numbers");
  }
}
