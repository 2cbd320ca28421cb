/** Where the process starts: its command line, and what goes wrong with it. */
package io.deixis.batch.launch;
