package io.deixis.service.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Admission admission = admission(3, 100);

  private Admission admission(int requests, long bytes) {
    return new Admission(
        new AdmissionConfig() {
          @Override
          public int requests() {
            return requests;
          }

          @Override
          public Optional<MemorySize> bytes() {
            return Optional.of(new MemorySize(BigInteger.valueOf(bytes)));
          }
        },
        meters);
  }

  @Test
  void refusesMoreRequestsThanFit() {
    Admission.Place first = admission.enter(1).orElseThrow();
    admission.enter(1);
    admission.enter(1);
    assertThat(admission.enter(1)).isEmpty();
    assertThat(refused("requests")).isOne();

    first.close();
    assertThat(admission.enter(1)).isPresent();
  }

  @Test
  void refusesMoreBytesThanFit() {
    Admission.Place first = admission.enter(60).orElseThrow();
    assertThat(admission.enter(41)).isEmpty();
    assertThat(refused("bytes")).isOne();
    assertThat(admission.enter(40)).isPresent();

    first.close();
    assertThat(admission.enter(60)).isPresent();
  }

  @Test
  void aLargeOneIsLetInAlone() {
    assertThat(admission.enter(1_000)).isPresent();
    assertThat(admission.enter(1)).isEmpty();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Admission.Place place = admission.enter(10).orElseThrow();
    admission.enter(10);
    place.close();
    place.close();
    assertThat(admission.requests()).isOne();
    assertThat(admission.bytes()).isEqualTo(10);
  }

  @Test
  void manyAtOnceNeverTakeMoreThanThereIs() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int turn = 0; turn < 2_000; turn++) {
                            admission
                                .enter(30)
                                .ifPresent(
                                    place -> {
                                      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                      Thread.yield();
                                      inside.decrementAndGet();
                                      place.close();
                                    });
                          }
                        },
                        task -> new Thread(task).start()))
            .toList();
    all.forEach(CompletableFuture::join);

    assertThat(most).hasValueBetween(1, 3);
    assertThat(admission.requests()).isZero();
    assertThat(admission.bytes()).isZero();
  }

  @Test
  void aWaitIsToldInWholeSeconds() {
    assertThat(admission.retryAfter()).hasSeconds(1);
    admission.enter(1);
    admission.enter(1).orElseThrow().close();
    admission.enter(1).orElseThrow().close();
    assertThat(admission.retryAfter().toSeconds()).isBetween(1L, 60L);
    assertThat(admission.retryAfter().toNanosPart()).isZero();
  }

  private double refused(String limit) {
    return meters.get("deixis.admission.refused").tag("limit", limit).counter().count();
  }
}
