package io.deixis.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged function under Lambda's own Java runtime client, between Quarkus's event server and
 * a worker. The system property {@code deixis.lambda.executable} names a native executable to test
 * in its place.
 */
class LambdaIT {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir static Path task;

  private static PackagedProcess worker;
  private static LambdaEventServer lambda;
  private static Process function;

  @BeforeAll
  static void start() throws Exception {
    worker = PackagedProcess.worker("lambda-worker");
    worker.start();
    lambda = new LambdaEventServer();
    Path zip = Path.of(System.getProperty("deixis.packaged.lambda")).toRealPath();
    ProcessBuilder process = new ProcessBuilder(command(zip));
    process
        .environment()
        .putAll(
            Map.of(
                "AWS_LAMBDA_RUNTIME_API", lambda.address(),
                "AWS_EXECUTION_ENV", "AWS_Lambda_java17",
                "AWS_LAMBDA_FUNCTION_NAME", "ground",
                "AWS_LAMBDA_FUNCTION_VERSION", "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                "LAMBDA_TASK_ROOT", task.toString(),
                "DEIXIS_WORKER_URL", worker.url().toString()));
    File log = Files.createDirectories(zip.resolveSibling("it")).resolve("function.log").toFile();
    function = process.redirectErrorStream(true).redirectOutput(log).start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (function != null) {
      function.destroyForcibly().waitFor();
    }
    if (lambda != null) {
      lambda.close();
    }
    if (worker != null) {
      worker.stop();
    }
  }

  @Test
  void directInvocationIsAnswered() throws Exception {
    JsonNode answer = answer(invoke(request("a cat")));
    assertThat(answer.at("/image/width").asInt()).isEqualTo(451);
    assertThat(answer.at("/phrases/0/found").asBoolean()).isTrue();
  }

  @Test
  void directInvocationThatIsWrongGetsTheProblem() throws Exception {
    JsonNode problem = answer(invoke(Map.of("phrases", List.of("a cat"))));
    assertThat(problem.path("status").asInt()).isEqualTo(400);
    assertThat(problem.path("type").asText()).isEqualTo("/problems#image-missing");
  }

  @Test
  void httpEventIsAnswered() throws Exception {
    JsonNode answer =
        answer(
            invoke(
                Map.of(
                    "version",
                    "2.0",
                    "rawPath",
                    "/",
                    "headers",
                    Map.of("content-type", "application/json"),
                    "requestContext",
                    Map.of("http", Map.of("method", "POST", "path", "/")),
                    "body",
                    MAPPER.writeValueAsString(request("a cat")),
                    "isBase64Encoded",
                    false)));
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer.path("body").asText()).contains("\"text\":\"a cat\"");
  }

  @Test
  void eventAboveTheLimitIsAnErrorThatSaysSo() throws Exception {
    HttpResponse<byte[]> result =
        invoke(Map.of("image", "A".repeat(6 << 20), "phrases", List.of("a cat")));
    assertThat(result.statusCode()).isEqualTo(500);
    assertThat(MAPPER.readTree(result.body()).path("errorMessage").asText())
        .startsWith("The event has more than 6,291,456 bytes");
  }

  private static Map<String, Object> request(String phrase) throws IOException {
    byte[] photo = Files.readAllBytes(Path.of("web/public/examples/chelsea.jpg"));
    return Map.of("image", Base64.getEncoder().encodeToString(photo), "phrases", List.of(phrase));
  }

  private static HttpResponse<byte[]> invoke(Object event) throws Exception {
    return lambda.invoke(MAPPER.writeValueAsBytes(event));
  }

  private static JsonNode answer(HttpResponse<byte[]> result) throws IOException {
    assertThat(result.statusCode()).as(new String(result.body())).isEqualTo(200);
    return MAPPER.readTree(result.body());
  }

  private static List<String> command(Path zip) throws IOException, URISyntaxException {
    String executable = System.getProperty("deixis.lambda.executable");
    if (executable != null) {
      return List.of(executable);
    }
    unpack(zip);
    List<String> runtime =
        new ArrayList<>(List.of(task.toString(), task.resolve("lib").resolve("*").toString()));
    for (Class<?> part :
        List.of(AWSLambda.class, RequestStreamHandler.class, PojoSerializer.class)) {
      runtime.add(
          Path.of(part.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        runtime.stream().distinct().collect(Collectors.joining(File.pathSeparator)),
        AWSLambda.class.getName(),
        "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest");
  }

  private static void unpack(Path zip) throws IOException {
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = task.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file);
        }
      }
    }
    try (Stream<Path> files = Files.list(task)) {
      assertThat(files).isNotEmpty();
    }
  }
}
