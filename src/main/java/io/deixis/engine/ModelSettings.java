package io.deixis.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;

/** Which models answer: {@code deixis.models.*}. */
@ConfigMapping(prefix = "deixis.models")
public interface ModelSettings {

  /** The folder that holds model bundles, one folder each. Default {@code models}. */
  @WithDefault("models")
  Path directory();

  /**
   * The bundles to answer with, by the names of their folders, separated by commas. The first one
   * answers requests that name none, and readiness is its; the others are loaded by the first
   * request that names them. Default {@code deixis-base,deixis-small}.
   */
  @WithDefault("deixis-base,deixis-small")
  List<String> active();

  /**
   * Bytes that all loaded models may take together, each counted by the files of its bundle, and a
   * phrase encoder that several of them share once. Before one more is loaded, those that were not
   * asked longest are closed, once no request uses them. A single model is loaded however large it
   * is. Default 4 GiB.
   */
  @WithDefault("4294967296")
  long memory();
}
