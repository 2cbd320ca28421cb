/**
 * A whole archive on Apache Spark: the same grounder in its executors. In the build by the Maven
 * profile {@code archive} alone.
 */
package io.deixis.archive;
