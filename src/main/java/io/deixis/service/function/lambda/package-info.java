/** The function for AWS Lambda; packaged by the Maven profiles {@code front,lambda}. */
package io.deixis.service.function.lambda;
