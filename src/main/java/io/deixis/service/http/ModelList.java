package io.deixis.service.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.deixis.grounding.ModelDescription;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The models that answer.
 *
 * @param defaultModel the name of the one that answers requests that name none
 * @param models at least one, the default first
 */
@RegisterForReflection(targets = {ModelList.class, ModelDescription.class})
public record ModelList(
    @JsonProperty("default") @Schema(description = "Answers requests that name no model")
        String defaultModel,
    List<ModelDescription> models) {

  /** Copies the list. */
  public ModelList {
    models = List.copyOf(models);
  }
}
