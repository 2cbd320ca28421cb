package io.deixis.service.page;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Hides the pages where they are switched off. */
@Page
@Provider
class PageFilter implements ContainerRequestFilter {

  /** Looked up with each request: filters are made before the configuration is there. */
  private final Instance<PagesConfig> pages;

  PageFilter(Instance<PagesConfig> pages) {
    this.pages = pages;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!pages.get().enabled()) {
      throw new NotFoundException();
    }
  }
}
