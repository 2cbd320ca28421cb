package io.deixis.dataset.siblings;

/**
 * A phrase of an image with one word replaced by another of its kind that no caption of the image
 * uses, such as "a woman in a red shirt" for "a man in a red shirt".
 *
 * @param text the phrase, in lower case
 * @param kind the kind of the two words, such as {@code people} or {@code colours}
 * @param replaced the word that the image's phrase has
 * @param replacement the word that stands in its place
 */
public record SiblingPhrase(String text, String kind, String replaced, String replacement) {}
