package io.deixis.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.Refusal.Reason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @CsvSource({
    "Content-Type: text/plain; charset=klingon, A part of the form is in a character set",
    "Content-Type: text/plain; charset=utf-16, The field \"phrase\" is in a character set",
    "Content-Transfer-Encoding: base64, A part of the form has a Content-Transfer-Encoding",
    "content-transfer-encoding: quoted-printable, A part of the form has a Content-Transfer"
  })
  void aPartThatIsWrittenInAnotherWayIsRefused(String head, String said) {
    assertThatThrownBy(() -> form(head))
        .isInstanceOf(GroundingException.class)
        .hasMessageStartingWith(said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Transfer-Encoding: 8bit",
        "Content-Transfer-Encoding:binary",
        "Content-Type: text/plain; charset=iso-8859-1"
      })
  void aPartMaySayThatItsBytesAreAsTheyAre(String head) {
    assertThat(form(head).text("phrase")).contains("a cat");
  }

  private static MultipartForm form(String head) {
    String body = new String(BODY, StandardCharsets.UTF_8);
    return MultipartForm.read(
        body.replace("\"phrase\"", "\"phrase\"\r\n" + head).getBytes(StandardCharsets.UTF_8),
        "multipart/form-data; boundary=b");
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
