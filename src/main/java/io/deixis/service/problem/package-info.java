/** What requests are told that are not answered: problem details by RFC 9457. */
package io.deixis.service.problem;
