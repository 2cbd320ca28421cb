package io.deixis.service;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.deixis.answers.CocoDatasetWriter;
import io.deixis.answers.CocoWriter;
import io.deixis.answers.JsonWriter;
import io.deixis.answers.LabelStudioWriter;
import io.deixis.evaluation.answers.AnsweredImage;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.runlog.BatchSample;
import io.deixis.service.function.FunctionResource;
import io.deixis.service.function.lambda.GroundLambda;
import io.deixis.service.http.BatchLine;
import io.deixis.service.http.ModelDocument;
import io.deixis.service.http.ModelList;
import io.deixis.service.integrations.ZeroShotResource;
import io.deixis.service.problem.Problem;
import io.deixis.service.problem.ProblemMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the front reads and writes as JSON. Jackson reaches into these types by reflection, so a
 * native executable has to know of every one.
 */
final class JsonDocuments {

  /** A serializer of its own writes a box as its edges, without reflection. */
  private static final Set<Class<?>> WITHOUT_REFLECTION = Set.of(Box.class);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonDocuments() {}

  /**
   * Returns the documents by the name of the class that hands them to Jackson or to a response;
   * {@code NativeHintsTest} finds the class that is missing here. What the methods of a resource
   * return by their signature is not among them: Quarkus finds it.
   */
  static Map<String, List<Class<?>>> byUser() {
    Map<String, List<Class<?>>> documents = new TreeMap<>();
    documents.put("io.deixis.evaluation.answers.AnswersJson", List.of(AnsweredImage.class));
    documents.put(BatchSample.class.getName(), List.of(BatchSample.class));
    documents.put(
        "io.deixis.service.integrations.StrictJson", List.of(ZeroShotResource.Request.class));
    documents.put("io.deixis.service.problem.ProblemWriter", List.of(Problem.class));
    documents.put("io.deixis.service.connection.RefusalDocuments", List.of(Problem.class));
    documents.put("io.deixis.service.http.GroundBatch", List.of(BatchLine.class));
    documents.put(ProblemMapper.class.getName(), List.of(Problem.class));
    documents.put(JsonWriter.class.getName(), List.of(GroundingAnswer.class));
    documents.put(LabelStudioWriter.class.getName(), List.of(LabelStudioWriter.Task.class));
    documents.put(CocoDatasetWriter.class.getName(), List.of(CocoDatasetWriter.Dataset.class));
    documents.put(CocoWriter.class.getName(), List.of(CocoWriter.Result.class));
    documents.put("io.deixis.service.demo.AnswerView", List.of(GroundingAnswer.class));
    documents.put(FunctionResource.class.getName(), List.of(GroundingAnswer.class));
    documents.put(
        GroundLambda.class.getName(),
        List.of(
            GroundingAnswer.class,
            Problem.class,
            named("io.deixis.service.function.lambda.HttpEvent$Answer")));
    documents.put(
        "io.deixis.service.worker.Worker",
        List.of(GroundingAnswer.class, ModelList.class, ModelDocument.class));
    documents.put("io.deixis.service.worker.WorkerAnswer", List.of(Problem.class));
    return documents;
  }

  /** Returns the names of every document's type and of the types of all that is in it. */
  static Set<String> types() {
    return classes().stream().map(Class::getName).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns every document's type and the types of all that is in it. */
  static Set<Class<?>> classes() {
    Set<Class<?>> found = new HashSet<>();
    byUser().values().stream()
        .flatMap(List::stream)
        .forEach(root -> add(MAPPER.constructType(root), found));
    return found;
  }

  /** Returns the members of a document as they are written. */
  static List<String> members(Class<?> type) {
    return MAPPER
        .getSerializationConfig()
        .introspect(MAPPER.constructType(type))
        .findProperties()
        .stream()
        .map(BeanPropertyDefinition::getName)
        .toList();
  }

  private static void add(JavaType type, Set<Class<?>> found) {
    for (int i = 0; i < type.containedTypeCount(); i++) {
      add(type.containedType(i), found);
    }
    if (type.isArrayType()) {
      add(type.getContentType(), found);
    }
    Class<?> raw = type.getRawClass();
    if (!raw.getName().startsWith("io.deixis.")
        || WITHOUT_REFLECTION.contains(raw)
        || !found.add(raw)) {
      return;
    }
    BeanDescription written = MAPPER.getSerializationConfig().introspect(type);
    BeanDescription read = MAPPER.getDeserializationConfig().introspect(type);
    for (BeanDescription description : List.of(written, read)) {
      description.findProperties().stream()
          .map(BeanPropertyDefinition::getPrimaryType)
          .forEach(property -> add(property, found));
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException gone) {
      throw new IllegalStateException(gone);
    }
  }
}
