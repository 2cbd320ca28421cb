package io.deixis.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.batch.data.DatasetPairsCommand;
import io.deixis.batch.evaluation.EvaluateCommand;
import io.deixis.dataset.synthetic.SyntheticDataset;
import io.deixis.engine.ActiveModel;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.language.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are the same in a locale that has digits of its own. */
class LocaleTest {

  private final Locale before = Locale.getDefault(Locale.Category.FORMAT);

  @TempDir Path folder;

  @BeforeEach
  void goToEgypt() {
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat("%d".formatted(1)).isEqualTo("\u0661");
  }

  @AfterEach
  void goBack() {
    Locale.setDefault(Locale.Category.FORMAT, before);
  }

  @Test
  void filesHoldTheDigitsThatProgramsRead() throws IOException {
    Path data = folder.resolve("data");
    new SyntheticDataset(2, 1, 0, 1).write(data);
    ActiveModel models = SmallModels.write(folder.resolve("models"));
    Path pairs = folder.resolve("pairs.csv");

    assertThat(
            CommandRun.of(
                    new DatasetPairsCommand(models), data.toString(), "--images", pairs.toString())
                .status())
        .isZero();
    assertThat(
            CommandRun.of(
                    new EvaluateCommand(models, Reading::whole),
                    "--data",
                    data.toString(),
                    "--record")
                .status())
        .isZero();

    assertThat(Files.readString(pairs)).isASCII();
    assertThat(Files.readString(data.resolve("dataset.json"))).isASCII();
    assertThat(ModelBundle.open(models.directory()).manifest().metrics())
        .containsKeys("val recall@1", "val recall@10");
  }
}
