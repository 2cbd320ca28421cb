/**
 * The command line: what several commands share; the commands are in a package for each subject.
 */
package io.deixis.batch;
