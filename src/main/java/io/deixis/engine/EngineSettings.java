package io.deixis.engine;

import io.deixis.engine.backbone.BackboneRuntime;
import io.deixis.engine.torch.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the engine runs: {@code deixis.engine.*}. */
@ConfigMapping(prefix = "deixis.engine")
public interface EngineSettings {

  /** Where tensors live: {@code auto} (a GPU if there is one), {@code cpu} or {@code gpu}. */
  @WithDefault("auto")
  String device();

  /**
   * What runs the backbone: {@code auto} (ONNX Runtime on a CPU, where it takes half the time, if
   * the bundle has a graph for it and the precision is {@code float32}; else PyTorch), {@code
   * onnxruntime} or {@code pytorch}. Default {@code auto}.
   */
  @WithDefault("auto")
  BackboneRuntime runtime();

  /**
   * Numbers in which the backbone computes convolutions and products: {@code float32}, {@code
   * float16} or {@code bfloat16}. Half precision is meant for GPUs; a CPU without instructions for
   * it gains nothing. Default {@code float32}.
   */
  @WithDefault("float32")
  Precision precision();

  /**
   * Threads that one forward pass may use on the CPU. More than the machine's cores makes
   * everything slower. Default 0: half of the cores for each of {@link #concurrency} passes.
   */
  @WithDefault("0")
  int threads();

  /** Forward passes that may run at the same time. Default 2. */
  @WithDefault("2")
  int concurrency();

  /** Bytes that the features of recently seen images may take. Default 128 MiB. */
  @WithDefault("134217728")
  long imageCacheBytes();

  /** Bytes that the vectors of phrases asked lately may take. Default 16 MiB. */
  @WithDefault("16777216")
  long phraseCacheBytes();

  /**
   * Bytes that the candidates of photos and phrases asked lately may take, so that the same
   * question with another threshold costs next to nothing. Default 16 MiB.
   */
  @WithDefault("16777216")
  long matchCacheBytes();

  /**
   * Phrases that one pass matches at most. A request with more takes several turns, between which
   * others have theirs. Default 16.
   */
  @WithDefault("16")
  int phrasesPerPass();

  /**
   * Images of several requests that one pass encodes together at most, if they wait for a pass. A
   * CPU gains nothing by it, and an answer's last bits then depend on who asks at the same time.
   * Default 1: each alone.
   */
  @WithDefault("1")
  int batchImages();
}
