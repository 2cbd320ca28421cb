package io.deixis.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostileImagesTest {

  private static final int PIXELS = 1_000_000;

  private static final Set<Reason> REFUSALS =
      EnumSet.of(
          Reason.IMAGE_MISSING,
          Reason.IMAGE_TOO_MANY_BYTES,
          Reason.IMAGE_TOO_MANY_PIXELS,
          Reason.IMAGE_UNSUPPORTED,
          Reason.IMAGE_BROKEN);

  private final ImageDecoder decoder = new ImageDecoder(4 << 20, PIXELS);

  @Test
  void areDecodedOrRefusedWithOneSentence() {
    new HostileImages(20240607, 60, PIXELS - 1)
        .stream()
            .forEach(
                file -> {
                  Throwable thrown = catchThrowable(() -> decoder.decode(file.bytes()));
                  if (thrown == null) {
                    return;
                  }
                  assertThat(thrown)
                      .as(file.name())
                      .isInstanceOfSatisfying(
                          GroundingException.class,
                          refusal -> {
                            assertThat(refusal.reason()).isIn(REFUSALS);
                            assertThat(refusal.getMessage()).matches("[A-Z][^.]*\\.");
                          });
                });
    // Whatever became of them, they gave back the memory that they had asked for.
    RequestContext atOnce = RequestContext.NONE.within(Deadline.after(Duration.ZERO));
    for (DecodingMemory lane : List.of(decoder.large, decoder.small, decoder.tables)) {
      lane.take(Long.MAX_VALUE, atOnce).close();
    }
  }

  @Test
  void areManyAndNamedApart() {
    List<String> names = new HostileImages(1, 40, PIXELS).stream().map(HostileImage::name).toList();

    assertThat(names).hasSizeGreaterThan(3_000);
    assertThat(new HashSet<>(names)).hasSameSizeAs(names);
  }

  @Test
  void areTheSameForTheSameSeed() {
    HostileImages files = new HostileImages(3, 4, 10_000);

    List<byte[]> first = files.stream().map(HostileImage::bytes).toList();
    List<byte[]> second = files.stream().map(HostileImage::bytes).toList();

    assertThat(first).usingElementComparator(Arrays::compare).isEqualTo(second);
  }
}
