package io.deixis.engine.phrase;

import java.util.List;

/**
 * Phrases as numbers.
 *
 * @param sentences one L2-normalised vector of {@value SentenceEncoder#SIZE} numbers for each
 *     phrase
 * @param pieces each phrase's word pieces, without the marks of beginning and end
 */
public record EncodedPhrases(List<float[]> sentences, List<long[]> pieces) {}
