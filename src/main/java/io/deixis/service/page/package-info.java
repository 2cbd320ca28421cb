/** What the pages for people share. */
package io.deixis.service.page;
