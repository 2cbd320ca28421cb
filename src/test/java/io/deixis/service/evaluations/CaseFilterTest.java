package io.deixis.service.evaluations;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.evaluation.Outcome;
import io.deixis.evaluation.answers.AnswersIndex.PhraseSummary;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseFilterTest {

  private static final PhraseSummary LOOSE =
      new PhraseSummary(List.of("people", "other"), Outcome.LOOSE_BOX, true, 0.4, 0.7);

  @ParameterizedTest
  @CsvSource({
    "outcome=any, true",
    "outcome=miss, true",
    "outcome=hit, false",
    "outcome=loose-box, true",
    "outcome=nonsense, false",
    "type=other, true",
    "type=animals, false",
    "several=yes, true",
    "below=0.5, true",
    "below=0.4, false",
    "below=nonsense, true",
    "below=-1, true",
  })
  void phrasePassesOrNot(String query, boolean passes) {
    assertThat(read(query).passes(LOOSE)).isEqualTo(passes);
  }

  @Test
  void queryHoldsWhatIsNotAsByDefault() {
    assertThat(read("outcome=any&order=worst&view=over").query()).isEmpty();
    assertThat(read("view=side&order=surest&below=0.5&several=yes&type=a b&outcome=miss").query())
        .isEqualTo("outcome=miss&type=a+b&several=yes&below=0.50&order=surest&view=side");
  }

  private static CaseFilter read(String query) {
    MultivaluedMap<String, String> parts = new MultivaluedHashMap<>();
    for (String part : query.split("&")) {
      parts.add(part.split("=")[0], part.split("=")[1]);
    }
    return CaseFilter.read(parts);
  }
}
