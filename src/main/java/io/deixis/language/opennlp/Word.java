package io.deixis.language.opennlp;

import io.deixis.language.Span;

/**
 * A word of a caption.
 *
 * @param span where it stands
 * @param wordClass what it can do in a noun phrase
 */
record Word(Span span, WordClass wordClass) {}
