/**
 * A model's answers to every image of a split on disk, one line an image: {@link
 * io.deixis.evaluation.answers.AnswersFile} writes them, {@link
 * io.deixis.evaluation.answers.AnswersIndex} finds its way among thousands of them.
 */
package io.deixis.evaluation.answers;
