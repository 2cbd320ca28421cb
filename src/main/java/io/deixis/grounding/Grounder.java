package io.deixis.grounding;

import io.deixis.grounding.Refusal.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds in an image the boxes that phrases mean. Implementations are thread-safe. */
public interface Grounder {

  /**
   * Grounds every phrase of the request's query in its image.
   *
   * @return one entry for each phrase, in the order of the query
   * @throws GroundingException if the request cannot be answered; its reason tells why
   */
  GroundingAnswer ground(GroundingRequest request);

  /**
   * Describes the default model, which answers requests that name none.
   *
   * @throws GroundingException with reason {@code NOT_READY} or {@code WORKER_UNAVAILABLE} while
   *     there is none
   */
  ModelDescription model();

  /**
   * Describes the models that answer, the default first.
   *
   * @throws GroundingException as {@link #model()}
   */
  default List<ModelDescription> models() {
    return List.of(model());
  }

  /**
   * Describes a model.
   *
   * @param name of the model; the default one if there is none
   * @throws GroundingException as {@link #model()}; with reason {@code MODEL_UNKNOWN} if there is
   *     none of this name
   */
  default ModelDescription model(Optional<String> name) {
    if (name.isEmpty()) {
      return model();
    }
    List<ModelDescription> models = models();
    return models.stream()
        .filter(model -> model.name().equals(name.get()))
        .findFirst()
        .orElseThrow(
            () -> unknown(name.get(), models.stream().map(ModelDescription::name).toList()));
  }

  /** Returns the refusal of a request to a model that is not among those called {@code names}. */
  static GroundingException unknown(String name, List<String> names) {
    String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
    return new GroundingException(
        Reason.MODEL_UNKNOWN,
        "model",
        "There is no model \"%s\"".formatted(shown),
        "use %s".formatted(names.stream().collect(Collectors.joining(", "))));
  }

  /**
   * Checks that requests are answered as they should, for probes.
   *
   * @throws GroundingException as {@link #model()}; also with reason {@code NOT_READY} if the model
   *     is no longer the one that its files hold
   */
  default void checkReady() {
    model();
  }

  /**
   * Tells everything that is known of a model.
   *
   * @param name of the model; the default one if there is none
   * @throws GroundingException as {@link #model(Optional)}
   */
  default ModelProfile profile(Optional<String> name) {
    return ModelProfile.of(model(name));
  }
}
