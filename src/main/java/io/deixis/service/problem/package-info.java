/** The problem details (RFC 9457) that refused requests are answered with. */
package io.deixis.service.problem;
