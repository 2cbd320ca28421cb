package io.deixis.archive;

import java.io.Serializable;
import java.time.Duration;

/**
 * How each photo is answered.
 *
 * @param threshold {@code best}, {@code default} or a number; null for the configured thresholds
 * @param top most boxes of each phrase
 * @param nms IoU above which the worse of two boxes of a phrase is dropped; null for the model's
 * @param timeout longest time for a photo, from when its bytes are there
 */
record AnswerOptions(String threshold, int top, Double nms, Duration timeout)
    implements Serializable {}
