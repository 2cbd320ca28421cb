package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.deixis.training.matching.HeadSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ParameterException;

class PositivePairsTest {

  static final class Options {
    @ArgGroup PositivePairs pairs = new PositivePairs();
  }

  private static PositivePairs parse(String... arguments) {
    return CommandLine.populateCommand(new Options(), arguments).pairs;
  }

  @Test
  void withoutAnOptionTheHeadsOwnWeightCounts() {
    PositivePairs pairs = parse();

    assertThat(pairs.weight()).isEqualTo(HeadSettings.DEFAULTS.positiveWeight());
    assertThat(pairs.positivesPerNegative()).isZero();
  }

  @Test
  void aNumberIsTheWeight() {
    PositivePairs pairs = parse("--pos-weight", "7.5");

    assertThat(pairs.weight()).isEqualTo(7.5f);
    assertThat(pairs.positivesPerNegative()).isZero();
  }

  @Test
  void autoMakesBothKindsWeighTheSame() {
    assertThat(parse("--pos-weight", "auto").positivesPerNegative()).isEqualTo(1);
  }

  @Test
  void aRatioIsWhatThePositivesAreRepeatedTo() {
    assertThat(parse("--oversample", "1:3").positivesPerNegative())
        .isCloseTo(1 / 3.0, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--pos-weight=0",
        "--pos-weight=Infinity",
        "--pos-weight=much",
        "--oversample=3",
        "--oversample=1:0",
        "--oversample=-1:-3",
        "--oversample=1:3:5",
        "--pos-weight=2 --oversample=1:3"
      })
  void refusesWhatIsNoBalance(String arguments) {
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(() -> parse(arguments.split(" ")));
  }
}
