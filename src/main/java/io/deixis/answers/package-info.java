/** The formats of an answer: one {@link io.deixis.answers.AnswerWriter} each. */
package io.deixis.answers;
