/** The function by Funqy; packaged by the Maven profiles {@code front,funqy}. */
package io.deixis.service.function.funqy;
