package io.deixis.training.phrases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.deixis.engine.bundle.Architecture;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.work.TrainingException;
import io.deixis.training.work.TrainingException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhraseCacheTest {

  private static final String SENTENCE = "a dog before a red car";
  private static final ContextualPhrase DOG = new ContextualPhrase("a dog", SENTENCE, 0, 5);
  private static final ContextualPhrase CAR = new ContextualPhrase("a red car", SENTENCE, 13, 22);
  private static final String LONG = "dog ".repeat(200) + "and a red car";
  private static final ContextualPhrase CUT_OFF =
      new ContextualPhrase("a red car", LONG, LONG.length() - 9, LONG.length());
  private static final List<ContextualPhrase> PHRASES =
      List.of(DOG, CAR, CUT_OFF, ContextualPhrase.alone("hat"));

  /** What the size of a batch may change. */
  private static final Offset<Float> ROUNDING = within(1e-5f);

  private static final EncoderSpec SPEC = Architecture.STANDARD.phraseEncoder();

  private static PhraseEncoder encoder;

  @TempDir private Path folder;

  @BeforeAll
  static void load() {
    TorchEngine.start(1);
    encoder = PhraseEncoder.load(SPEC, Device.cpu());
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  private PhraseCache cache(List<ContextualPhrase> phrases, String encoder) {
    return new PhraseCache(folder, phrases, encoder, SPEC.dimension());
  }

  private PhraseCache completed() {
    return completed(folder);
  }

  private static PhraseCache completed(Path folder) {
    PhraseCache cache = new PhraseCache(folder, PHRASES, "x", SPEC.dimension());
    cache.complete(encoder, TrainingListener.SILENT);
    return cache;
  }

  @Test
  void givesWhatTheEncoderGives() {
    PhraseVectors vectors = completed().open();
    List<String> texts = List.of("a dog", "a red car", "hat");
    EncodedPhrases encoded = encoder.encode(texts);

    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      assertThat(vectors.pieces(text)).containsExactly(encoded.pieces().get(i));
      assertThat(vectors.sentence(text)).containsExactly(encoded.sentences().get(i), ROUNDING);
      assertThat(vectors.context(ContextualPhrase.alone(text)))
          .containsExactly(encoded.contexts().get(i), ROUNDING);
    }
    assertThat(vectors.context(CAR))
        .containsExactly(encoder.contexts(List.of(CAR)).get(0).orElseThrow(), ROUNDING)
        .isNotEqualTo(vectors.context(ContextualPhrase.alone("a red car")));
    assertThat(vectors.vocabulary())
        .isSorted()
        .containsExactly(
            encoded.pieces().stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray());
  }

  @Test
  void ofAPhraseThatIsCutOffItHasTheWords() {
    PhraseVectors vectors = completed().open();

    assertThat(vectors.context(CUT_OFF))
        .containsExactly(vectors.context(ContextualPhrase.alone("a red car")));
  }

  @Test
  void knowsNoOtherPhrase() {
    PhraseVectors vectors = completed().open();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> vectors.sentence("a cat"))
        .withMessageContaining("a cat");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vectors.context(new ContextualPhrase("hat", "a hat", 2, 5)))
        .withMessageContaining("hat");
  }

  @Test
  void goesOnAfterAKillWithTheChunkThatIsMissing() throws IOException {
    List<Long> told = new ArrayList<>();
    TrainingListener killer =
        progress -> {
          if (progress.done() > 3) {
            throw new IllegalStateException("killed");
          }
        };
    PhraseCache cache = cache(PHRASES, "x");
    assertThatThrownBy(() -> cache.complete(encoder, killer)).hasMessage("killed");
    assertThat(cache.isComplete()).isFalse();

    cache.complete(encoder, progress -> told.add(progress.done()));

    assertThat(told).containsExactly(6L);
    assertThat(cache.isComplete()).isTrue();
    assertThat(cache.open().context(DOG))
        .containsExactly(completed(folder.resolve("uninterrupted")).open().context(DOG));
  }

  @Test
  void doesNothingTwice() {
    List<String> told = new ArrayList<>();

    completed().complete(encoder, progress -> told.add(progress.stage()));

    assertThat(told).isEmpty();
  }

  @Test
  void isRefusedWithAnotherEncoderOtherPhrasesOrAnotherVersion() throws IOException {
    completed();

    assertRefused(cache(PHRASES, "y"));
    assertRefused(cache(List.of(DOG, CAR), "x"));
    Path header = folder.resolve(PhraseCache.HEADER);
    Files.writeString(header, Files.readString(header).replace("\"version\":1", "\"version\":0"));
    assertRefused(cache(PHRASES, "x"));

    PhraseCache anew = completed();
    assertThat(anew.isComplete()).isTrue();
  }

  private static void assertRefused(PhraseCache cache) {
    assertThat(cache.isComplete()).isFalse();
    assertThatThrownBy(cache::open)
        .isInstanceOfSatisfying(
            TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_SETTINGS))
        .hasMessageContaining("delete that folder");
  }

  @Test
  void leavesNothingOfOtherPhrases() {
    completed();

    PhraseCache others = cache(List.of(ContextualPhrase.alone("hat")), "x");
    others.complete(encoder, TrainingListener.SILENT);

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(PhraseCache.HEADER, "texts-0000.bin");
    assertThat(others.open().sentence("hat")).hasSize(SPEC.dimension());
  }

  @Test
  void refusesFilesThatAreCutShort() throws IOException {
    for (String name : List.of("texts-0000.bin", "mentions-0000.bin")) {
      PhraseCache cache = completed();
      Path file = folder.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int length : new int[] {0, 100, whole.length - 1}) {
        Files.write(file, Arrays.copyOf(whole, length));
        assertThatThrownBy(cache::open)
            .isInstanceOfSatisfying(
                TrainingException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
            .hasMessageContaining("cannot be read");
      }
      Files.write(file, whole);
    }
  }
}
