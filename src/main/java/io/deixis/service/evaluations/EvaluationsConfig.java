package io.deixis.service.evaluations;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Which evaluations the pages show: {@code deixis.evaluations.*}. */
@ConfigMapping(prefix = "deixis.evaluations")
public interface EvaluationsConfig {

  /**
   * A folder that holds reports, one folder each, as {@code evaluate --report} writes them. Not set
   * by default: then the pages show none.
   */
  Optional<Path> directory();
}
