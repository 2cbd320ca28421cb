package io.deixis.service.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger givenUp = new AtomicInteger();
  private final Admission admission = admission(3, 100);

  private Admission admission(int requests, long bytes) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(AdmissionConfig.class)
            .withDefaultValue("deixis.admission.requests", Integer.toString(requests))
            .withDefaultValue("deixis.admission.bytes", Long.toString(bytes))
            .withDefaultValue("deixis.admission.body-rate", "10")
            .build();
    return new Admission(config.getConfigMapping(AdmissionConfig.class), meters, now::get);
  }

  private Optional<Place> enter() {
    return admission.enter(givenUp::incrementAndGet);
  }

  private Place entered() {
    return enter().orElseThrow();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void refusesMoreRequestsThanFit() {
    Place first = entered();
    entered();
    entered();
    assertThat(enter()).isEmpty();
    assertThat(refused("requests")).isOne();

    first.close();
    assertThat(enter()).isPresent();
  }

  @Test
  void refusesMoreBytesThanFitAsTheyCome() {
    Place first = entered();
    Place second = entered();
    assertThat(first.received(60)).isTrue();
    assertThat(second.received(40)).isTrue();
    assertThat(second.received(1)).isFalse();
    assertThat(refused("bytes")).isOne();

    first.close();
    assertThat(second.received(60)).isTrue();
    assertThat(admission.bytes()).isEqualTo(100);
  }

  @Test
  void aLargeOneIsLetInAlone() {
    assertThat(entered().received(1_000)).isTrue();
    assertThat(entered().received(1)).isFalse();
  }

  @Test
  void bytesThatAreNoLongerKeptAreFree() {
    Place place = entered();
    place.received(60);
    place.free(50);
    assertThat(admission.bytes()).isEqualTo(10);
    place.free(50);
    place.close();
    assertThat(admission.bytes()).isZero();
  }

  @Test
  void aPlaceIsGivenBackOnce() {
    Place place = entered();
    place.received(10);
    Place other = entered();
    other.received(5);
    place.close();
    place.close();
    assertThat(place.received(7)).isFalse();
    assertThat(admission.requests()).isOne();
    assertThat(admission.bytes()).isEqualTo(5);
  }

  @Test
  void anIdleBodyIsGivenUp() {
    Place idle = entered();
    Place steady = entered();
    for (int second = 0; second < 6; second++) {
      pass(Duration.ofSeconds(1));
      steady.received(10);
      admission.giveUpSlow();
    }

    assertThat(givenUp).hasValue(1);
    assertThat(idle.received(1)).isFalse();
    assertThat(admission.requests()).isOne();
  }

  @Test
  void aTricklingBodyIsGivenUp() {
    Place trickling = entered();
    for (int second = 0; second < 6; second++) {
      pass(Duration.ofSeconds(1));
      trickling.received(1);
    }
    admission.giveUpSlow();

    assertThat(givenUp).hasValue(1);
  }

  @Test
  void aBodyHasATimeLimit() {
    Place large = entered();
    for (int second = 0; second < 61; second++) {
      pass(Duration.ofSeconds(1));
      large.received(15);
      large.free(15);
    }
    admission.giveUpSlow();

    assertThat(givenUp).hasValue(1);
  }

  @Test
  void aSlowCallerLosesItsPlaceToAnother() {
    entered();
    entered().working();
    entered().working();
    assertThat(enter()).isEmpty();

    pass(Duration.ofSeconds(2));
    assertThat(enter()).isPresent();
    assertThat(givenUp).hasValue(1);
    assertThat(enter()).isEmpty();
  }

  @Test
  void whoDoesNotReadTheAnswerIsGivenUp() {
    Place place = entered();
    place.working();
    pass(Duration.ofHours(1));
    admission.giveUpSlow();
    assertThat(givenUp).hasValue(0);

    place.sending();
    pass(Duration.ofSeconds(61));
    admission.giveUpSlow();
    assertThat(givenUp).hasValue(1);
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
                            enter()
                                .ifPresent(
                                    place -> {
                                      place.received(30);
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
    entered();
    entered().close();
    entered().close();
    assertThat(admission.retryAfter().toSeconds()).isBetween(1L, 60L);
    assertThat(admission.retryAfter().toNanosPart()).isZero();
  }

  private double refused(String limit) {
    return meters.get("deixis.admission.refused").tag("limit", limit).counter().count();
  }
}
