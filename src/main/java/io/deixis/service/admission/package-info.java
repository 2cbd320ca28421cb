/**
 * Who is let in: a bounded number of requests and of bytes at the same time. What comes above that
 * is refused at once, before its body is read.
 */
package io.deixis.service.admission;
