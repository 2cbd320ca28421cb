/**
 * Phrase grounding data on disk: images with captions whose phrases are tied to boxes. Nothing here
 * knows a model.
 */
package io.deixis.dataset;
