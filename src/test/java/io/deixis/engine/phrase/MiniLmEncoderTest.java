package io.deixis.engine.phrase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.deixis.engine.torch.TorchEngine;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MiniLmEncoderTest {

  private static final List<String> PHRASES =
      List.of("a dog", "a puppy", "a red car", "the tall man in a striped shirt on the left");

  private static final EncoderSpec SPEC = new EncoderSpec(MiniLmEncoder.NAME, 384);

  private static PhraseEncoder encoder;

  @BeforeAll
  static void load() {
    TorchEngine.start(1);
    encoder = PhraseEncoder.load(SPEC, Device.cpu());
  }

  @AfterAll
  static void close() {
    encoder.close();
  }

  @Test
  void sentencesHaveUnitLength() {
    for (float[] sentence : encoder.encode(PHRASES).sentences()) {
      assertThat(sentence).hasSize(384);
      assertThat(dot(sentence, sentence)).isCloseTo(1, within(1e-5));
    }
  }

  /** The model's own example; its first numbers as sentence-transformers prints them. */
  @Test
  void agreesWithThePublishedModel() {
    List<float[]> sentences =
        encoder
            .encode(List.of("This is an example sentence", "Each sentence is converted"))
            .sentences();

    assertThat(Arrays.copyOf(sentences.get(0), 3))
        .containsExactly(new float[] {.0677f, .0635f, .0487f}, within(1e-4f));
    assertThat(Arrays.copyOf(sentences.get(1), 3))
        .containsExactly(new float[] {.0864f, .1027f, .0053f}, within(1e-4f));
  }

  @Test
  void aBatchGivesWhatSinglePhrasesGive() {
    List<float[]> together = encoder.encode(PHRASES).sentences();

    for (int i = 0; i < PHRASES.size(); i++) {
      assertThat(encoder.encode(PHRASES.subList(i, i + 1)).sentences().get(0))
          .containsExactly(together.get(i), within(1e-5f));
    }
  }

  @Test
  void likePhrasesAreNear() {
    List<float[]> sentences = encoder.encode(PHRASES).sentences();

    assertThat(dot(sentences.get(0), sentences.get(1)))
        .isGreaterThan(dot(sentences.get(0), sentences.get(2)) + 0.2);
  }

  @Test
  void piecesComeWithoutTheMarksOfBeginningAndEnd() {
    List<long[]> pieces = encoder.encode(List.of("a dog", "A Dog", "snowboarders")).pieces();

    // ids of the uncased BERT vocabulary
    assertThat(pieces.get(0)).containsExactly(1037, 3899);
    assertThat(pieces.get(1)).isEqualTo(pieces.get(0));
    assertThat(pieces.get(2)).hasSizeGreaterThan(1).doesNotContain(101, 102, 0);
  }

  @Test
  void aVeryLongPhraseIsCut() {
    EncodedPhrases encoded = encoder.encode(List.of("dog ".repeat(200)));

    assertThat(encoded.pieces().get(0)).hasSize(126);
    assertThat(dot(encoded.sentences().get(0), encoded.sentences().get(0)))
        .isCloseTo(1, within(1e-5));
  }

  @Test
  void aPhraseIsReadInItsSentence() {
    String first = "A man in a red shirt hugs a woman in a dress .";
    String second = "A man on a bike waits behind a bus .";
    EncodedPhrases encoded =
        encoder.encodeInContext(
            List.of(
                new ContextualPhrase("A man", first, 0, 5),
                new ContextualPhrase("A man", second, 0, 5),
                ContextualPhrase.alone("A man")));

    assertThat(encoded.sentences().get(0)).isEqualTo(encoded.sentences().get(2));
    float[] inFirst = encoded.contexts().get(0);
    assertThat(dot(inFirst, inFirst)).isCloseTo(1, within(1e-5));
    assertThat(dot(inFirst, encoded.contexts().get(1))).isLessThan(0.98);
    assertThat(dot(inFirst, encoded.contexts().get(2))).isLessThan(0.98);
    assertThat(dot(inFirst, encoder.encode(List.of(first)).sentences().get(0)))
        .isGreaterThan(dot(inFirst, encoder.encode(List.of(second)).sentences().get(0)));
  }

  @Test
  void aSentenceBehindItsLimitLeavesThePhraseByItself() {
    String sentence = "dog ".repeat(200) + "and a red car";
    EncodedPhrases encoded =
        encoder.encodeInContext(
            List.of(
                new ContextualPhrase(
                    "a red car", sentence, sentence.length() - 9, sentence.length()),
                ContextualPhrase.alone("a red car")));

    assertThat(encoded.contexts().get(0)).isEqualTo(encoded.contexts().get(1));
  }

  @Test
  void placesAreCountedInUtf16UnitsBehindEmoji() {
    String plain = "x a dog by a car";
    String emoji = "\uD83D\uDE00 a dog by a car";
    EncodedPhrases encoded =
        encoder.encodeInContext(
            List.of(
                new ContextualPhrase("a car", plain, 11, 16),
                new ContextualPhrase("a car", emoji, 12, 17)));

    assertThat(dot(encoded.contexts().get(0), encoded.contexts().get(1))).isGreaterThan(0.8);
  }

  @Test
  void halfOfACharacterCountsAsOne() {
    String half = "x\uD83D a dog by a car";
    EncodedPhrases encoded =
        encoder.encodeInContext(
            List.of(
                new ContextualPhrase("a car", half, half.length() - 5, half.length()),
                ContextualPhrase.alone("a car")));

    assertThat(dot(encoded.contexts().get(0), encoded.contexts().get(1))).isGreaterThan(0.5);
    assertThat(encoder.encode(List.of("a car \uDC31")).sentences()).hasSize(1);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
