package io.deixis.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class MemoryGuardTest {

  private final AtomicInteger forgotten = new AtomicInteger();
  private final MemoryGuard guard = new MemoryGuard(forgotten::incrementAndGet);

  @Test
  void lackOfHeapIsOneRequestsRefusal() {
    assertRefused(
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
  }

  @Test
  void lackOfTheEnginesMemoryIsOneRequestsRefusal() {
    assertRefused(
        () -> {
          throw new EngineException("DefaultCPUAllocator: can't allocate memory: you tried …");
        });
    assertRefused(
        () -> {
          throw new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB");
        });
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    EngineException shapes = new EngineException("The size of tensor a must match tensor b");
    assertThatThrownBy(
            () ->
                guard.run(
                    () -> {
                      throw shapes;
                    }))
        .isSameAs(shapes);
    assertThat(forgotten).hasValue(0);
    assertThat(guard.<String>run(() -> "fine")).isEqualTo("fine");
  }

  private void assertRefused(Supplier<Object> work) {
    int before = forgotten.get();
    assertThatThrownBy(() -> guard.run(work))
        .isInstanceOfSatisfying(
            GroundingException.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_MEMORY));
    assertThat(forgotten).hasValue(before + 1);
  }
}
