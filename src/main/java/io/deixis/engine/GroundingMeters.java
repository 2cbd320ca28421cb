package io.deixis.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.github.benmanes.caffeine.cache.Cache;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The engine's meters, called {@code deixis.*}. */
final class GroundingMeters {

  private final MeterRegistry registry;
  private final DistributionSummary phrases;
  private final DistributionSummary images;

  /** Registers the meters of requests. */
  GroundingMeters(MeterRegistry registry) {
    this.registry = registry;
    this.phrases =
        DistributionSummary.builder("deixis.pass.phrases")
            .description("Phrases matched in one pass of the engine")
            .register(registry);
    this.images =
        DistributionSummary.builder("deixis.pass.images")
            .description("Images encoded in one pass of the engine")
            .register(registry);
  }

  /** Registers the meters of what waits and of what is remembered. */
  void watch(
      PassQueue passes,
      LoadedModels models,
      EncodedImages images,
      Cache<?, ?> phrases,
      Cache<?, ?> matches) {
    Gauge.builder("deixis.models.size", models, LoadedModels::bytes)
        .description("Loaded models, by the files of their bundles and phrase encoders")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("deixis.passes.waiting", passes, PassQueue::waiting)
        .description("Requests that wait for a pass of the engine")
        .register(registry);
    cacheSize("image", images, EncodedImages::bytes);
    cacheSize("phrase", phrases, GroundingMeters::bytes);
    cacheSize("match", matches, GroundingMeters::bytes);
  }

  private static double bytes(Cache<?, ?> cache) {
    return cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
  }

  /** Registers the memory of a GPU; nothing for another device. */
  void watch(Device device) {
    if (!device.isGpu()) {
      return;
    }
    Gauge.builder("deixis.device.memory.used", device, gpu -> CudaUtils.getGpuMemory(gpu).getUsed())
        .description("Memory of the GPU that is in use")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("deixis.device.memory.max", device, gpu -> CudaUtils.getGpuMemory(gpu).getMax())
        .description("Memory of the GPU")
        .baseUnit("bytes")
        .register(registry);
  }

  private <T> void cacheSize(String cache, T owner, ToDoubleFunction<T> ofBytes) {
    Gauge.builder("deixis.cache.size", owner, ofBytes)
        .description("Memory that remembered values take")
        .baseUnit("bytes")
        .tag("cache", cache)
        .register(registry);
  }

  /** Counts a question to a cache, {@code image}, {@code phrase} or {@code match}. */
  void asked(String cache, boolean remembered) {
    registry
        .counter("deixis.cache.requests", "cache", cache, "result", remembered ? "hit" : "miss")
        .increment();
  }

  /** Counts phrases matched in one pass. */
  void matched(int count) {
    phrases.record(count);
  }

  /** Counts images encoded in one pass. */
  void encoded(int count) {
    images.record(count);
  }

  /** Takes the stages of a request, in milliseconds by name. */
  void took(Map<String, Double> stages) {
    stages.forEach(
        (stage, milliseconds) ->
            Timer.builder("deixis.stage")
                .description("Time that a stage of a request takes")
                .tag("stage", stage)
                .register(registry)
                .record(Math.round(milliseconds * 1e6), TimeUnit.NANOSECONDS));
  }
}
