package io.deixis.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The manifest against the schema of the Spark operator, whose sources the system property names;
 * {@code .ci/archive} fetches them.
 */
@EnabledIfSystemProperty(named = SparkApplicationTest.OPERATOR, matches = ".+")
class SparkApplicationTest {

  static final String OPERATOR = "deixis.spark.operator";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String DEFINITION =
      "config/crd/bases/sparkoperator.k8s.io_sparkapplications.yaml";

  private static JsonSchema schema;

  @BeforeAll
  static void readDefinition() throws IOException {
    JsonNode definition = YAML.readTree(Path.of(System.getProperty(OPERATOR), DEFINITION).toFile());
    JsonNode version =
        StreamSupport.stream(definition.at("/spec/versions").spliterator(), false)
            .filter(each -> each.get("name").asText().equals("v1beta2"))
            .findFirst()
            .orElseThrow();
    JsonNode described = version.at("/schema/openAPIV3Schema");
    close(described);
    // Their own schema is Kubernetes'.
    ((ObjectNode) described.get("properties").get("metadata")).remove("additionalProperties");
    schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(described);
  }

  /** Fields that the definition does not know are dropped by the server; here they are errors. */
  private static void close(JsonNode node) {
    boolean open = node.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (node.path("properties").isObject() && !node.has("additionalProperties") && !open) {
      ((ObjectNode) node).put("additionalProperties", false);
    }
    // A number or a text, as Kubernetes takes quantities and ports.
    if (node.path("x-kubernetes-int-or-string").asBoolean()) {
      ((ObjectNode) node).remove("type");
    }
    node.forEach(SparkApplicationTest::close);
  }

  private static ObjectNode manifest() throws IOException {
    return (ObjectNode) YAML.readTree(Path.of("deploy/archive/spark-application.yaml").toFile());
  }

  @Test
  void theManifestIsOfTheOperatorsSchema() throws IOException {
    assertThat(schema.validate(manifest())).isEmpty();
  }

  @Test
  void anUnknownFieldIsNoticed() throws IOException {
    ObjectNode manifest = manifest();
    ((ObjectNode) manifest.at("/spec/executor")).put("instanses", 4);
    assertThat(schema.validate(manifest)).isNotEmpty();
  }
}
