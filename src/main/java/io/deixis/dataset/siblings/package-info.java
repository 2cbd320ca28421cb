/**
 * Phrases that are absent from an image although they differ from one of its own by one word only.
 */
package io.deixis.dataset.siblings;
