package io.deixis.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.format.DatasetFormat;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.training.joint.JointSettings;
import io.deixis.training.matching.HeadSettings;
import io.deixis.training.proposals.ProposalSettings;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldOutImagesTest {

  private static BundleSettings settings(boolean stratified, int seed) {
    return new BundleSettings(
        "1",
        10,
        stratified,
        6,
        false,
        false,
        0,
        ProposalSettings.DEFAULTS,
        HeadSettings.DEFAULTS.with(HeadSettings.DEFAULTS.plan().withSeed(seed)),
        1,
        JointSettings.DEFAULTS);
  }

  @TempDir private static Path folder;
  private static GroundingDataset data;

  @BeforeAll
  static void draw() {
    new SyntheticDataset(60, 0, 0, 3).write(folder);
    data = DatasetFormat.open(folder);
  }

  @Test
  void theFirstImagesAreHeldOut() {
    List<String> ids = data.split("train");

    HeldOutImages division = HeldOutImages.of(data, ids, settings(false, 7));

    assertThat(division.heldOut()).isEqualTo(ids.subList(0, 10));
    assertThat(division.training()).isEqualTo(ids.subList(10, 60));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void stratifiedOnesComeFromEverywhereAndAreNotTrainedOn(int seed) {
    List<String> ids = data.split("train");

    HeldOutImages division = HeldOutImages.of(data, ids, settings(true, seed));

    assertThat(division.heldOut().size()).isCloseTo(10, Offset.offset(4));
    assertThat(division.heldOut()).isNotEqualTo(ids.subList(0, division.heldOut().size()));
    assertThat(division.training()).doesNotContainAnyElementsOf(division.heldOut());
    assertThat(division.training().size() + division.heldOut().size()).isEqualTo(60);
    assertThat(HeldOutImages.of(data, ids, settings(true, seed))).isEqualTo(division);
  }
}
