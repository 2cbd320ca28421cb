package io.deixis.engine.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.engine.phrase.EncodedPhrases.Rivals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RivalEncoderTest {

  private final List<String> read = new ArrayList<>();

  /** Notes what it reads; a text's pieces are its length. */
  private final PhraseEncoder encoder =
      new PhraseEncoder() {
        @Override
        public int dimension() {
          return 1;
        }

        @Override
        public long bytes() {
          return 0;
        }

        @Override
        public List<EncodedText> read(List<String> texts) {
          throw new AssertionError("phrases are encoded, not read");
        }

        @Override
        public EncodedPhrases encode(List<String> phrases) {
          read.addAll(phrases);
          List<float[]> vectors = phrases.stream().map(phrase -> new float[1]).toList();
          return new EncodedPhrases(
              vectors,
              vectors,
              phrases.stream().map(phrase -> new long[] {phrase.length()}).toList());
        }

        @Override
        public void close() {}
      };

  @Test
  void rivalsFollowThePhrasesEachOnce() {
    EncodedPhrases encoded =
        new RivalEncoder(encoder, 2)
            .encode(
                List.of(
                    ContextualPhrase.alone("a dog"),
                    ContextualPhrase.alone("the thing"),
                    ContextualPhrase.alone("my dog")));

    assertThat(encoded.asked()).isEqualTo(3);
    assertThat(read).containsExactly("a dog", "the thing", "my dog", "a cat", "a horse", "a dog");
    Rivals dog = new Rivals(5, List.of(3, 4));
    assertThat(encoded.rivals()).containsExactly(List.of(dog), List.of(), List.of(dog));
    assertThat(encoded.sentences()).hasSize(6);
    assertThat(encoded.pieces().get(4)).containsExactly("a horse".length());
  }

  @Test
  void aRivalIsEncodedOnce() {
    RivalEncoder rivals = new RivalEncoder(encoder, 2);

    rivals.encode(List.of(ContextualPhrase.alone("a dog")));
    read.clear();
    rivals.encode(List.of(ContextualPhrase.alone("a brown-eyed dog")));

    assertThat(read).containsExactly("a brown-eyed dog");
  }

  @Test
  void aModelWithoutRivalsEncodesWhatIsAskedForAlone() {
    EncodedPhrases encoded =
        new RivalEncoder(encoder, 0).encode(List.of(ContextualPhrase.alone("a dog")));

    assertThat(encoded.asked()).isEqualTo(1);
    assertThat(encoded.rivals()).isEmpty();
    assertThat(read).containsExactly("a dog");
  }
}
