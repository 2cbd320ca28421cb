/** The log of a training run: metrics and batch samples, written, read and drawn. */
package io.deixis.runlog;
