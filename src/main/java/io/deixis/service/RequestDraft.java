package io.deixis.service;

import java.util.List;

/**
 * A grounding request as it came, nothing checked yet.
 *
 * @param image the encoded image, or null
 * @param phraseField the name that phrases have in this kind of request
 * @param phrases the phrases in order, any of them possibly null or blank
 * @param caption the caption, or null
 * @param threshold the option as text, or null
 * @param top the option, or null
 * @param nms the option, or null
 */
public record RequestDraft(
    byte[] image,
    String phraseField,
    List<String> phrases,
    String caption,
    String threshold,
    Integer top,
    Double nms) {}
