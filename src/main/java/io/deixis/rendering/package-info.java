/** Answers as documents: JSON, COCO results and annotated SVG; no HTTP in here. */
package io.deixis.rendering;
