/** The demo page: a photo, what to look for, and where it is. */
package io.deixis.service.demo;
