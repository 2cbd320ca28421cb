package io.deixis.grounding;

/**
 * One image and what to look for in it.
 *
 * @param image the bytes of an encoded image (JPEG, PNG, WebP, GIF, BMP); not copied, so not to be
 *     changed afterwards
 * @param query what to look for
 * @param options how to answer
 */
public record GroundingRequest(byte[] image, Query query, GroundingOptions options) {}
