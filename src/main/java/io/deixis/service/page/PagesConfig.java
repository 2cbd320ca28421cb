package io.deixis.service.page;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The pages for people: {@code deixis.pages.*}. */
@ConfigMapping(prefix = "deixis.pages")
public interface PagesConfig {

  /** Whether the demo page is served; a worker switches it off. Default true. */
  @WithDefault("true")
  boolean enabled();
}
