package io.deixis.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.service.problem.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ContentTypeFilterTest {

  @TestHTTPResource("/v1/ground")
  URI ground;

  @ParameterizedTest
  @ValueSource(strings = {"nothing at all", "///", "json"})
  void whatIsNoMediaTypeIsNotRead(String contentType) throws Exception {
    HttpResponse<String> answer = post(request().header("Content-Type", contentType));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains(ProblemType.UNSUPPORTED_MEDIA_TYPE.uri());
  }

  @Test
  void noneAtAllIsTheCallersFault() throws Exception {
    HttpResponse<String> answer = post(request());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(ProblemType.MALFORMED_REQUEST.uri());
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(ground).POST(HttpRequest.BodyPublishers.ofString("a cat"));
  }

  private static HttpResponse<String> post(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
