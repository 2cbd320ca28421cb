package io.deixis.language.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedTextTest {

  private static TaggedText text(String words, String tags) {
    return new TaggedText(words.split(" "), tags.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a man waves            | DET NOUN VERB           | true
          men wave               | NOUN VERB               | false
          men wave flags         | NOUN VERB NOUN          | true
          man wave flags         | NOUN VERB NOUN          | false
          boy and girl wave it   | NOUN CCONJ NOUN VERB PRON | true
          a man sat there        | DET NOUN VERB ADV       | true
          a man walking dogs     | DET NOUN VERB NOUN      | false
          the dogs left there    | DET NOUN VERB ADV       | false
          the dog is big         | DET NOUN AUX ADJ        | true
          the dogs were big      | DET NOUN AUX ADJ        | true
          the dog can bark       | DET NOUN AUX VERB       | false
          is big                 | AUX ADJ                 | false
          waves a flag           | VERB DET NOUN           | false
          Anna waves             | PROPN VERB              | true
          a man catches the ball | DET NOUN NOUN DET NOUN  | true
          an owl hoots there     | DET NOUN NOUN ADV       | true
          the man catches a ball | DET NOUN NOUN DET NOUN  | false
          a man catches          | DET NOUN NOUN           | false
          a man big catches it   | DET NOUN ADJ NOUN PRON  | false
          a man big              | DET NOUN ADJ            | false
          """)
  void aNounWithAVerbIsAStatement(String words, String tags, boolean statement) {
    assertThat(text(words, tags).isStatement()).isEqualTo(statement);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          the dog , the cat     | DET NOUN PUNCT DET NOUN           | true
          dog , cat and bird    | NOUN PUNCT NOUN CCONJ NOUN        | true
          the dog and the cat   | DET NOUN CCONJ DET NOUN           | false
          the dog , and         | DET NOUN PUNCT CCONJ              | false
          the dog ,             | DET NOUN PUNCT                    | true
          dogs , players        | NOUN PUNCT NOUN                   | true
          dog , running cat     | NOUN PUNCT VERB NOUN              | false
          the dog , the bottom  | DET NOUN PUNCT DET NOUN           | false
          the man , the red hat | DET NOUN PUNCT DET ADJ NOUN       | false
          the dog , in a car    | DET NOUN PUNCT ADP DET NOUN       | false
          the dog , quickly     | DET NOUN PUNCT ADV                | false
          """)
  void thingsWithCommasAreAList(String words, String tags, boolean list) {
    assertThat(text(words, tags).isListOfThings()).isEqualTo(list);
  }

  @Test
  void wholeWordsAreTaken() {
    TaggedText text = text("the dog on dogs", "DET NOUN ADP NOUN");
    Pattern the = TaggedText.words("the");
    Pattern dog = TaggedText.words("(dog)|(cat)");

    assertThat(text.take(dog)).isFalse();
    assertThat(text.take(the)).isTrue();
    assertThat(text.take(dog)).isTrue();
    assertThat(text.group(1)).isEqualTo("dog");
    assertThat(text.group(2)).isEmpty();
    assertThat(text.group(3)).isEmpty();
    assertThat(text.position()).isEqualTo(2);
    assertThat(text.word(-1)).isEqualTo("dog");
    assertThat(text.tag(-1)).isEqualTo("NOUN");
    assertThat(text.word(-3)).isEmpty();
    assertThat(text.tag(2)).isEmpty();
    assertThat(text.next()).isEqualTo("on");
    assertThat(text.take(dog)).as("half a word").isFalse();
    assertThat(text.next()).isEqualTo("dogs");
    assertThat(text.atEnd()).isTrue();
    assertThat(text.take(dog)).isFalse();
    assertThat(text.between(1, 3)).isEqualTo("dog on");
    assertThat(text.between(2, 2)).isEmpty();
    assertThat(text.between(3, 4)).isEqualTo("dogs");
    assertThat(text.rest(2)).isEqualTo("on dogs");
    assertThat(text.rest(4)).isEmpty();
    assertThat(text.back(1)).isFalse();
    assertThat(text.word(0)).isEqualTo("dog");
    assertThat(text).hasToString("the dog on dogs");
  }
}
