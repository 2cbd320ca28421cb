package io.deixis.service;

import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;

/** Grounds no more requests at the same time than there is room for, wherever they come from. */
@Decorator
@Priority(1)
class AdmittingGrounder implements Grounder {

  private final Grounder grounder;
  private final Admission admission;

  AdmittingGrounder(@Delegate @Any Grounder grounder, Admission admission) {
    this.grounder = grounder;
    this.admission = admission;
  }

  @Override
  public GroundingAnswer ground(GroundingRequest request) {
    return admission.admit(() -> grounder.ground(request));
  }

  @Override
  public ModelDescription model() {
    return grounder.model();
  }

  @Override
  public ModelProfile profile() {
    return grounder.profile();
  }
}
