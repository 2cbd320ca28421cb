/**
 * The HTTP door to a {@link io.deixis.grounding.Grounder}: the interface under {@code /v1}, the
 * pages, problem details, health, and the grounder that asks a worker over the same interface.
 */
package io.deixis.service;
