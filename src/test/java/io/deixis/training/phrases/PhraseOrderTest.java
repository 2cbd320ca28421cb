package io.deixis.training.phrases;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.engine.phrase.ContextualPhrase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhraseOrderTest {

  private static final String SENTENCE = "a dog and a car";
  private static final ContextualPhrase DOG = new ContextualPhrase("a dog", SENTENCE, 0, 5);
  private static final ContextualPhrase CAR = new ContextualPhrase("a car", SENTENCE, 10, 15);
  private static final ContextualPhrase HAT = ContextualPhrase.alone("hat");

  @Test
  void hasEveryTextOnceAndWhatASentenceSaysTogether() {
    PhraseOrder order =
        PhraseOrder.of(List.of(CAR, HAT, DOG, DOG, ContextualPhrase.alone("a dog")));

    assertThat(order.texts()).containsExactly("hat", "a car", "a dog");
    assertThat(order.mentions()).containsExactly(DOG, CAR);
    assertThat(order.size()).isEqualTo(5);
  }

  @Test
  void followsFromThePhrasesWhateverTheirOrder() {
    List<ContextualPhrase> phrases =
        new ArrayList<>(
            IntStream.range(0, 9000).mapToObj(i -> ContextualPhrase.alone("dog " + i)).toList());
    phrases.addAll(List.of(DOG, CAR));
    PhraseOrder order = PhraseOrder.of(phrases);
    Collections.shuffle(phrases, new Random(1));

    assertThat(PhraseOrder.of(phrases)).isEqualTo(order);
    assertThat(PhraseOrder.of(phrases).fingerprint()).isEqualTo(order.fingerprint());
    assertThat(order.textChunks()).hasSize(3);
    assertThat(order.mentionChunks()).hasSize(1);
  }

  @Test
  void tellsOtherPhrasesApart() {
    ContextualPhrase elsewhere = new ContextualPhrase("a dog", SENTENCE, 1, 5);

    assertThat(
            List.of(List.of(DOG), List.of(elsewhere), List.of(DOG, CAR), List.of(HAT)).stream()
                .map(phrases -> PhraseOrder.of(phrases).fingerprint()))
        .doesNotHaveDuplicates();
  }
}
