package io.deixis.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class YoloWriterTest {

  private final YoloWriter writer = new YoloWriter();

  @Test
  void classIsThePlaceInTheListOfNames() {
    assertThat(written("a Cat", "dog", "cat")).isEqualTo("1 0.500000 0.650000 0.500000 0.500000\n");
    assertThat(written("the cat", "A cat")).startsWith("0 ");
  }

  @Test
  void phraseThatIsNoClassIsRefused() {
    assertThatThrownBy(() -> written("a cat", "dog"))
        .isInstanceOf(GroundingException.class)
        .hasMessageContaining("\"a cat\" is not in the list of classes");
  }

  @Test
  void labelsHaveTheirPhotosName() {
    assertThat(writer.format().fileName("photo.of.me.jpg")).isEqualTo("photo.of.me.txt");
    assertThat(writer.format().fileName("photo")).isEqualTo("photo.txt");
  }

  private String written(String phrase, String... classes) {
    return new String(
        writer.write(
            List.of(Answers.photo("p.jpg", 1, Answers.oneBox(phrase))),
            new AnswerWriter.Options(List.of(classes))),
        StandardCharsets.US_ASCII);
  }
}
