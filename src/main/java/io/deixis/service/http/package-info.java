/**
 * The interface under {@code /v1} and {@code /v2}: requests are read, checked heads and bodies go
 * on to {@link io.deixis.grounding.requests.GroundingService}, and answers are written in the
 * format that the caller accepts.
 */
package io.deixis.service.http;
