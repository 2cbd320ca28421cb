package io.deixis.service;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses a request while there is no room for it. Its body is still with the sender then, if the
 * sender asked for leave to send it, and can go elsewhere.
 */
@Admitted
@Provider
class AdmissionFilter implements ContainerRequestFilter {

  /** Looked up with each request: filters are made before the configuration is there. */
  private final Instance<Admission> admission;

  AdmissionFilter(Instance<Admission> admission) {
    this.admission = admission;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    admission.get().refuseIfFull();
  }
}
