package io.deixis.batch.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.deixis.training.matching.HeadSettings;
import io.deixis.training.matching.PositiveWeight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class PositivePairsTest {

  static final class Options {
    @Mixin PositivePairs pairs = new PositivePairs();
  }

  private static PositivePairs parse(String... arguments) {
    return CommandLine.populateCommand(new Options(), arguments).pairs;
  }

  @Test
  void withoutAnOptionTheHeadsOwnSettingsCount() {
    PositivePairs pairs = parse();

    assertThat(pairs.weight).isEqualTo(HeadSettings.DEFAULTS.positiveWeight());
    assertThat(pairs.positivesPerNegative).isZero();
  }

  @Test
  void weightAndSamplingAreOptionsOfTheirOwn() {
    PositivePairs pairs = parse("--pos-weight", "7.5", "--oversample", "1:3");

    assertThat(pairs.weight).isEqualTo(new PositiveWeight(7.5f));
    assertThat(pairs.positivesPerNegative).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void autoFollowsFromHowManyThereAre() {
    assertThat(parse("--pos-weight", "auto").weight).isEqualTo(PositiveWeight.AUTO);
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
        "--oversample=1:3:5"
      })
  void refusesWhatIsNoBalance(String arguments) {
    assertThatExceptionOfType(ParameterException.class)
        .isThrownBy(() -> parse(arguments.split(" ")));
  }
}
