package io.deixis.service.http;

import io.deixis.grounding.ModelDescription;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * The models that answer.
 *
 * @param models at least one
 */
@RegisterForReflection(targets = {ModelList.class, ModelDescription.class})
public record ModelList(List<ModelDescription> models) {

  /** Copies the list. */
  public ModelList {
    models = List.copyOf(models);
  }
}
