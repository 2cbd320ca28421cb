package io.deixis.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TorchExtension.class)
class IdleProcessorsTest {

  @Test
  void givesEveryResultInOrderWhoeverComputedIt() {
    List<Supplier<Integer>> work =
        IntStream.range(0, 100).<Supplier<Integer>>mapToObj(i -> () -> i).toList();

    assertThat(IdleProcessors.all(work))
        .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void aClaimedProcessorTakesNoPieces() {
    List<Supplier<Thread>> work =
        IntStream.range(0, 20).<Supplier<Thread>>mapToObj(i -> Thread::currentThread).toList();
    List<IdleProcessors.Claim> claims = new ArrayList<>();
    do {
      claims.add(IdleProcessors.claim());
    } while (claims.get(claims.size() - 1).granted());

    try {
      assertThat(IdleProcessors.all(work)).containsOnly(Thread.currentThread());
    } finally {
      claims.forEach(IdleProcessors.Claim::close);
    }

    List<IdleProcessors.Claim> again = new ArrayList<>();
    claims.forEach(claim -> again.add(IdleProcessors.claim()));
    again.forEach(IdleProcessors.Claim::close);
    assertThat(again).isEqualTo(claims);
  }

  @Test
  @EnabledIf("hasTwoProcessors")
  void anIdleProcessorTakesPiecesWhileTheCallerHasOne() {
    CountDownLatch both = new CountDownLatch(2);
    Supplier<Thread> meets =
        () -> {
          both.countDown();
          try {
            both.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Thread.currentThread();
        };

    assertThat(IdleProcessors.all(List.of(meets, meets))).doesNotHaveDuplicates();
  }

  static boolean hasTwoProcessors() {
    return Runtime.getRuntime().availableProcessors() > 1;
  }

  @Test
  void workWithinWorkEnds() {
    List<Supplier<Integer>> both = List.of(() -> 1, () -> 2);
    Supplier<Integer> inner = () -> IdleProcessors.all(both).get(1);

    assertThat(IdleProcessors.all(List.of(inner, inner, inner, inner))).containsExactly(2, 2, 2, 2);
  }

  @Test
  void aFailureIsTheCallersAfterAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();
    Supplier<Integer> fails =
        () -> {
          throw new IllegalStateException("broken");
        };

    assertThatThrownBy(
            () ->
                IdleProcessors.all(List.of(ended::incrementAndGet, fails, ended::incrementAndGet)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(ended).hasValue(2);
  }

  @Test
  void arraysEndWithTheCallersScopeAndWhatWasMadeOnTheWayBefore(NDManager manager) {
    NDArray one = manager.ones(new Shape(2));
    int before = manager.getManagedArrays().size();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<NDArray> results =
          IdleProcessors.arrays(List.of(() -> one.add(1).mul(2), () -> one.add(2).mul(3)));

      assertThat(manager.getManagedArrays()).hasSize(before + 2);
      assertThat(results.get(0).toFloatArray()).containsExactly(4, 4);
      assertThat(results.get(1).toFloatArray()).containsExactly(9, 9);
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  @Test
  void whoeverComputesAnArrayComputesTheSameBits(NDManager manager) {
    NDArray left = manager.randomNormal(new Shape(160, 1824));
    NDArray right = manager.randomNormal(new Shape(1824, 512));
    Supplier<NDArray> product = () -> left.matMul(right);

    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<NDArray> results = IdleProcessors.arrays(List.of(product, product));

      assertThat(results.get(1).toFloatArray()).containsExactly(results.get(0).toFloatArray());
    }
  }
}
