package io.deixis.service.training;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which trainings the pages show: {@code deixis.training.*}. */
@ConfigMapping(prefix = "deixis.training")
public interface TrainingConfig {

  /**
   * A folder that holds work folders of trainings, as {@code train --work} names them. Not set by
   * default: then the page shows none.
   */
  Optional<Path> directory();
}
