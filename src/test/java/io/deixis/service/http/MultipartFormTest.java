package io.deixis.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormTest {

  private static final byte[] BODY =
      "--b\r\nContent-Disposition: form-data; name=\"phrase\"\r\n\r\na cat\r\n--b--\r\n"
          .getBytes(StandardCharsets.UTF_8);

  @Test
  void readsItsParts() {
    MultipartForm form = MultipartForm.read(BODY, "multipart/form-data; boundary=b");

    assertThat(form.names()).containsExactly("phrase");
    assertThat(form.text("phrase")).contains("a cat");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\""
      })
  void isMalformedWithoutItsBoundary(String contentType) {
    assertThatThrownBy(() -> MultipartForm.read(BODY, contentType))
        .isInstanceOfSatisfying(
            GroundingException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_REQUEST));
  }
}
