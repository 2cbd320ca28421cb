/** Commands that ask photos on disk: {@code ground} and {@code label}. */
package io.deixis.batch.ground;
