package io.deixis.service.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Describes every problem that an operation can report, so that each is described in one place. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {

  /** Not of an operation, but of an address or a method that has none. */
  private static final Set<ProblemType> OF_ADDRESSES =
      EnumSet.of(ProblemType.NOT_FOUND, ProblemType.METHOD_NOT_ALLOWED);

  /** Of every operation, whatever its method. */
  private static final Set<ProblemType> OF_ALL =
      EnumSet.of(
          ProblemType.MALFORMED_REQUEST,
          ProblemType.NOT_ACCEPTABLE,
          ProblemType.ADDRESS_TOO_LONG,
          ProblemType.HEADERS_TOO_LARGE);

  @Override
  public void filterOpenAPI(OpenAPI api) {
    api.getPaths().getPathItems().forEach(ProblemResponses::describe);
  }

  private static void describe(String path, PathItem item) {
    for (Map.Entry<HttpMethod, Operation> operation : item.getOperations().entrySet()) {
      operation.getValue().getResponses().removeAPIResponse("default");
      problems(path, operation.getKey())
          .forEach(
              (status, types) ->
                  operation
                      .getValue()
                      .getResponses()
                      .addAPIResponse(Integer.toString(status), response(types)));
    }
  }

  private static Map<Integer, List<ProblemType>> problems(String path, HttpMethod method) {
    return Arrays.stream(ProblemType.values())
        .filter(type -> isPossible(type, path, method))
        .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
  }

  private static boolean isPossible(ProblemType type, String path, HttpMethod method) {
    if (type == ProblemType.UNAUTHORIZED) {
      return !path.startsWith("/v2");
    }
    if (OF_ADDRESSES.contains(type)) {
      return type == ProblemType.NOT_FOUND && path.contains("{");
    }
    return method == HttpMethod.POST || type.mayPass() || OF_ALL.contains(type);
  }

  private static APIResponse response(List<ProblemType> types) {
    MediaType problem =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
    types.forEach(type -> problem.addExample(type.slug(), example(type)));
    return OASFactory.createAPIResponse()
        .description(
            types.stream()
                .map(type -> "%s (`%s`)".formatted(type.title(), type.uri()))
                .collect(Collectors.joining("; ")))
        .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, problem));
  }

  /** Returns a problem of the type; the detail of a real one also says what to do. */
  private static Example example(ProblemType type) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", type.uri());
    problem.put("title", type.title());
    problem.put("status", type.status());
    problem.put("detail", type.title() + ".");
    return OASFactory.createExample().value(problem);
  }
}
