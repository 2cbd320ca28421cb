package io.deixis.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.RequestContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void contextSurvivesBeingWrittenAndRead() {
    Map<String, String> headers =
        Map.of(
            "X-Request-Id",
            "a-1",
            "traceparent",
            PARENT,
            "tracestate",
            "a=1,b=2",
            "X-Request-Timeout",
            "12.5");
    RequestContext context = read(headers);
    assertThat(context.deadline().orElseThrow().remaining())
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofMillis(12_500));
    Duration before = context.deadline().orElseThrow().remaining();
    Map<String, String> written = RequestHeaders.write(context);
    RequestContext again = read(written);
    assertThat(again.requestId()).contains("a-1");
    assertThat(again.traceparent()).contains(PARENT);
    assertThat(again.tracestate()).contains("a=1,b=2");
    assertThat(again.deadline().orElseThrow().remaining()).isPositive().isLessThanOrEqualTo(before);
    assertThat(new BigDecimal(written.get("X-Request-Timeout")).movePointRight(3).longValueExact())
        .as("never more time than there was")
        .isPositive()
        .isLessThanOrEqualTo(before.toMillis());
  }

  @Test
  void nothingCameNothingGoes() {
    assertThat(read(Map.of())).isEqualTo(RequestContext.NONE);
    assertThat(RequestHeaders.write(RequestContext.NONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "somewhere"
      })
  void traceThatIsNotWellFormedIsLeftOutWithItsState(String parent) {
    RequestContext context = read(Map.of("traceparent", parent, "tracestate", "a=1"));
    assertThat(context.traceparent()).isEmpty();
    assertThat(context.tracestate()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "\"quoted\"", "<b>"})
  void idThatCouldForgeALogIsLeftOut(String id) {
    assertThat(read(Map.of("X-Request-Id", id)).requestId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "soon", "NaN"})
  void timeoutThatIsNoTimeIsRefused(String timeout) {
    assertThatThrownBy(() -> read(Map.of("X-Request-Timeout", timeout)))
        .isInstanceOf(GroundingException.class)
        .hasMessageContaining("number of seconds above 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e9", "99999999999999999999"})
  void timeoutWithoutEndIsADay(String timeout) {
    assertThat(read(Map.of("X-Request-Timeout", timeout)).deadline().orElseThrow().remaining())
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
  }

  private static RequestContext read(Map<String, String> headers) {
    return RequestHeaders.read(headers::get);
  }
}
