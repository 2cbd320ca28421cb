package io.deixis.service.admission;

import io.deixis.service.problem.Addresses;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Wraps the bodies of requests, so that each byte that a resource reads is counted. */
class BodyStreamFilter {

  /** Looked up with each request: filters are made before the configuration is there. */
  private final Instance<Admission> admission;

  BodyStreamFilter(Instance<Admission> admission) {
    this.admission = admission;
  }

  @ServerRequestFilter
  void count(ContainerRequestContext request, RoutingContext routing) {
    Place place = routing.get(Place.class.getName());
    if (place == null) {
      return;
    }
    boolean batch = request.getUriInfo().getPath().equals(Addresses.BATCH);
    long mostBytes =
        batch // whose lines have limits of their own
            ? Long.MAX_VALUE
            : ConfigProvider.getConfig()
                .getValue("quarkus.http.limits.max-body-size", MemorySize.class)
                .asLongValue();
    request.setEntityStream(
        new ReceivedBody(request.getEntityStream(), admission.get(), place, mostBytes));
  }
}
