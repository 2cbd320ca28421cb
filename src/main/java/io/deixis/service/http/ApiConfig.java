package io.deixis.service.http;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Who may use the interface for programs: {@code deixis.api.*}. */
@ConfigMapping(prefix = "deixis.api")
public interface ApiConfig {

  /**
   * The keys of those who may use {@code /v1}, {@code /functions} and {@code /label-studio},
   * separated by commas. A request names one as {@code Authorization: Bearer KEY}, as {@code
   * X-API-Key: KEY}, or as the password of basic authentication. Not set by default: then no key is
   * asked for. The pages need none.
   */
  Optional<List<String>> keys();
}
