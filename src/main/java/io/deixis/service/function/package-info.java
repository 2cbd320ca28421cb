/**
 * The one function {@code ground}, for platforms that call functions rather than services: plain
 * HTTP, CloudEvents over HTTP, AWS Lambda, Funqy. Its request and answer are those of {@code POST
 * /v1/ground}.
 */
package io.deixis.service.function;
