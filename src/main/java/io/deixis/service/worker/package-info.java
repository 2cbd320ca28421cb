/**
 * The front's {@link io.deixis.grounding.Grounder}, which asks workers over the HTTP interface:
 * choice among several, connections, upload, deadlines, circuit breaker.
 */
package io.deixis.service.worker;
