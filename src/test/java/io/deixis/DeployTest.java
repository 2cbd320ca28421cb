package io.deixis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.knative.eventing.v1.Trigger;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in deploy/, against the published models of Kubernetes and Knative. */
class DeployTest {

  private static final Path DEPLOY = Path.of("deploy");

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "serving.knative.dev/v1 Service", Service.class,
          "eventing.knative.dev/v1 Trigger", Trigger.class,
          "v1 Service", io.fabric8.kubernetes.api.model.Service.class,
          "apps/v1 Deployment", Deployment.class,
          "autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class,
          "batch/v1 Job", Job.class);

  /** What a predictor of KServe has besides a pod's specification (its ComponentExtensionSpec). */
  private static final Set<String> PREDICTOR_EXTENSIONS =
      Set.of(
          "minReplicas",
          "maxReplicas",
          "scaleTarget",
          "scaleMetric",
          "containerConcurrency",
          "timeout",
          "canaryTrafficPercent",
          "labels",
          "annotations");

  private static final ObjectMapper STRICT =
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                /** The models swallow what they do not know; here it is an error. */
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return annotated.hasAnnotation(JsonAnySetter.class) ? false : null;
                }

                @Override
                public boolean hasIgnoreMarker(AnnotatedMember member) {
                  return member.getName().equals("additionalProperties")
                      || super.hasIgnoreMarker(member);
                }
              });

  static Stream<Path> manifests() throws IOException {
    return Stream.concat(yaml("knative"), yaml("kubernetes"));
  }

  static Stream<String> dockerfiles() {
    return Stream.of("Dockerfile.native", "Dockerfile.jvm", "deploy/Dockerfile.worker");
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifestIsOfItsPublishedModel(Path file) throws IOException {
    List<JsonNode> documents = documents(file);
    assertThat(documents).isNotEmpty();
    for (JsonNode document : documents) {
      String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
      assertThat(KINDS).containsKey(kind);
      STRICT.treeToValue(document, KINDS.get(kind));
    }
  }

  @Test
  void unknownFieldIsNoticed() throws IOException {
    ObjectNode job = (ObjectNode) documents(DEPLOY.resolve("kubernetes/ground-job.yaml")).get(0);
    ((ObjectNode) job.path("spec")).put("backofLimit", 1);
    assertThatThrownBy(() -> STRICT.treeToValue(job, Job.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("backofLimit");
  }

  @Test
  void everyContainerIsBoundedAndWithoutPrivileges() throws IOException {
    List<Container> containers = new ArrayList<>();
    for (Path file : manifests().toList()) {
      for (JsonNode document : documents(file)) {
        JsonNode template = document.at("/spec/template/spec");
        if (template.has("containerConcurrency")) {
          containers.addAll(STRICT.treeToValue(template, RevisionSpec.class).getContainers());
        } else if (template.has("containers")) {
          containers.addAll(STRICT.treeToValue(template, PodSpec.class).getContainers());
        }
      }
    }
    containers.addAll(predictor().getContainers());
    assertThat(containers).hasSizeGreaterThanOrEqualTo(7);
    assertThat(containers)
        .allSatisfy(
            container -> {
              assertThat(container.getResources().getLimits()).containsKey("memory");
              assertThat(container.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
            });
  }

  @Test
  void kservePredictorIsAPodThatAsksTheProtocolsRoutes() throws IOException {
    JsonNode service = documents(DEPLOY.resolve("kserve/worker.yaml")).get(0);
    assertThat(service.path("apiVersion").asText()).isEqualTo("serving.kserve.io/v1beta1");
    assertThat(service.path("kind").asText()).isEqualTo("InferenceService");
    STRICT.treeToValue(service.path("metadata"), ObjectMeta.class);
    Container container = predictor().getContainers().get(0);
    assertThat(container.getName()).isEqualTo("kserve-container");
    assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/v2/health/ready");
    assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/v2/health/live");
  }

  @Test
  void lambdaTemplateNamesWhatThePackageHolds() throws IOException {
    JsonNode template = documents(DEPLOY.resolve("lambda/template.yaml")).get(0);
    assertThat(template.path("Transform").asText()).isEqualTo("AWS::Serverless-2016-10-31");
    JsonNode function = template.at("/Resources/Ground");
    assertThat(function.path("Type").asText()).isEqualTo("AWS::Serverless::Function");
    JsonNode properties = function.path("Properties");
    assertThat(properties.path("CodeUri").asText()).isEqualTo("../../target/lambda/function.zip");
    assertThat(properties.path("Handler").asText())
        .isEqualTo("io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest");
    assertThat(properties.at("/Environment/Variables").has("DEIXIS_WORKER_URL")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lambda/event.json"})
  void eventIsJson(String name) throws IOException {
    JsonNode event = new ObjectMapper().readTree(DEPLOY.resolve(name).toFile());
    assertThat(new ObjectMapper().readTree(event.path("body").asText()).has("image")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void whatAnImageCopiesIsThereAndLetThrough(String name) throws IOException {
    List<String> allowed =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    List<String> lines = Files.readAllLines(Path.of(name));
    List<String> copied =
        lines.stream()
            .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
            .map(line -> line.substring("COPY ".length()).replaceAll("--\\S+ ", ""))
            .flatMap(line -> Stream.of(line.substring(0, line.lastIndexOf(' ')).split(" ")))
            .toList();
    assertThat(copied).isNotEmpty().allMatch(source -> Files.exists(Path.of(source)));
    assertThat(copied).isSubsetOf(allowed);
    assertThat(lines).contains("USER 1001").anyMatch(line -> line.startsWith("HEALTHCHECK "));
  }

  private static PodSpec predictor() throws IOException {
    ObjectNode predictor =
        (ObjectNode) documents(DEPLOY.resolve("kserve/worker.yaml")).get(0).at("/spec/predictor");
    predictor.remove(PREDICTOR_EXTENSIONS);
    return STRICT.treeToValue(predictor, PodSpec.class);
  }

  private static Stream<Path> yaml(String folder) throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    try (MappingIterator<JsonNode> documents =
        STRICT.readerFor(JsonNode.class).readValues(file.toFile())) {
      return documents.readAll();
    }
  }
}
