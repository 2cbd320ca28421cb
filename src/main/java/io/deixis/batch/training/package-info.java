/** The command that trains a model. */
package io.deixis.batch.training;
