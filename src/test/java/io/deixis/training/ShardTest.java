package io.deixis.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardTest {

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 1", "2, 3", "7, 3", "9, 4", "100, 7"})
  void partsAreTheListInOrder(int size, int count) {
    List<Integer> all = IntStream.range(0, size).boxed().toList();

    List<List<Integer>> parts =
        IntStream.range(0, count).mapToObj(i -> new Shard(i, count).of(all)).toList();

    assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(all);
    assertThat(parts)
        .extracting(List::size)
        .allMatch(n -> n == size / count || n == size / count + 1);
  }

  @ParameterizedTest
  @CsvSource({"-1, 3", "3, 3", "0, 0"})
  void refusesAPartThatIsNone(int index, int count) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Shard(index, count));
  }

  @Test
  void theWholeIsEverything() {
    assertThat(Shard.WHOLE.of(List.of(1, 2))).containsExactly(1, 2);
  }

  @Test
  void aFolderHasTheSameNameInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("fa"));
      assertThat(new Shard(1, 12).folder()).isEqualTo("shard-1-of-12");
    } finally {
      Locale.setDefault(before);
    }
  }
}
