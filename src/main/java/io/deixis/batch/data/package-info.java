/** Commands that read, count, divide and make data sets. */
package io.deixis.batch.data;
