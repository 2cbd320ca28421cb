package io.deixis.training.phrases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParaphraseTest {

  private static Set<String> waysToSay(String text) {
    return IntStream.range(0, 200)
        .mapToObj(seed -> Paraphrase.of(text, new Random(seed)))
        .collect(Collectors.toSet());
  }

  @Test
  void anotherNameForTheSameThing() {
    assertThat(waysToSay("two kids")).containsExactlyInAnyOrder("two kids", "two children");
  }

  @Test
  void whatIsWornIsInOrWearing() {
    assertThat(waysToSay("a girl in a bright red shirt"))
        .containsExactlyInAnyOrder(
            "a girl in a bright red shirt", "a girl wearing a bright red shirt");
    assertThat(waysToSay("a girl in the water")).containsExactly("a girl in the water");
    assertThat(waysToSay("a girl wearing a smile")).containsExactly("a girl wearing a smile");
  }

  @Test
  void whatHasNoOtherNameStays() {
    assertThat(waysToSay("the brown dogs")).containsExactly("the brown dogs");
    assertThat(waysToSay("")).containsExactly("");
  }

  @Test
  void partsOfWordsAreNoWords() {
    assertThat(waysToSay("a manhole and a guyline")).containsExactly("a manhole and a guyline");
  }

  @Test
  void questionsAndCommandsHoldThePhraseWhole() {
    List<String> asked =
        IntStream.range(0, 100)
            .mapToObj(seed -> Paraphrase.asked("a $1 toy", new Random(seed)))
            .distinct()
            .toList();

    assertThat(asked).hasSizeGreaterThan(2).allMatch(text -> text.endsWith(" a $1 toy"));
  }
}
