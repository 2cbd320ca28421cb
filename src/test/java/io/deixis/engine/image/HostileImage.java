package io.deixis.engine.image;

/**
 * A file made to trouble a decoder.
 *
 * @param name a file name that says what is wrong with it
 * @param bytes its content
 */
public record HostileImage(String name, byte[] bytes) {}
