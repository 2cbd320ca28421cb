/** The formats of an answer: JSON, COCO results, annotated SVG. */
package io.deixis.answers;
