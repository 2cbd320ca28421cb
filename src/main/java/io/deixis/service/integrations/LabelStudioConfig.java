package io.deixis.service.integrations;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** The Label Studio that this server makes suggestions for: {@code deixis.label-studio.*}. */
@ConfigMapping(prefix = "deixis.label-studio")
public interface LabelStudioConfig {

  /**
   * Label Studio's own address, such as {@code http://localhost:8080}. Photos that a task names by
   * a path ({@code /data/upload/...}) are read from there and from nowhere else. Not set by
   * default: then only photos within the task ({@code data:} URIs) are read.
   */
  Optional<URI> url();

  /** The access token of a user of Label Studio who may read the photos. Not set by default. */
  Optional<String> token();
}
