/** Commands about a model's bundle. */
package io.deixis.batch.bundle;
