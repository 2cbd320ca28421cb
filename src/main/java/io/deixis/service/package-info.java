/**
 * The HTTP door to a {@link io.deixis.grounding.Grounder}: {@code http} holds the interface under
 * {@code /v1}, {@code problem} what is told of requests that are not answered, {@code admission}
 * who is let in, {@code page} what all pages share, and every page and function has a folder of its
 * own; {@code worker} is the grounder that asks a worker over the same interface.
 */
package io.deixis.service;
