/** Below HTTP's requests and answers: what comes over a connection that is none, or is broken. */
package io.deixis.service.connection;
