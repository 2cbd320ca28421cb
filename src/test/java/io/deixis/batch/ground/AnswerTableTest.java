package io.deixis.batch.ground;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help;

class AnswerTableTest {

  @Test
  void showsEachBoxOfAPhraseAndWhatWasNotFound() {
    var answer =
        new ConstantGrounder()
            .ground(
                new GroundingRequest(
                    ConstantGrounder.IMAGE,
                    new Query.Phrases(List.of("a cat", "a dog")),
                    GroundingOptions.DEFAULTS));

    String table = new AnswerTable(Help.defaultColorScheme(Help.Ansi.OFF)).of(answer);

    assertThat(table.lines().map(String::stripTrailing))
        .containsExactly(
            "phrase  found  score  box (x1, y1)-(x2, y2)",
            "a cat   yes    0.88   (10, 20)-(110, 220)",
            "               0.63   (0, 0)-(50, 60)",
            "a dog   no     0.13");
  }
}
