/** Commands that judge a model or a system's predictions, and tune a model. */
package io.deixis.batch.evaluation;
