package io.deixis.service.http;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.ModelDescription;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while there is a model that answers. */
@Readiness
class ModelReadiness implements HealthCheck {

  private final Grounder grounder;

  ModelReadiness(Grounder grounder) {
    this.grounder = grounder;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      grounder.checkReady();
      ModelDescription model = grounder.model();
      return HealthCheckResponse.named("model")
          .up()
          .withData("name", model.name())
          .withData("version", model.version())
          .build();
    } catch (GroundingException absent) {
      return HealthCheckResponse.named("model")
          .down()
          .withData("reason", absent.getMessage())
          .build();
    }
  }
}
