/** {@code doctor}: what Deixis needs, and how to mend what is missing. */
package io.deixis.batch.doctor;
