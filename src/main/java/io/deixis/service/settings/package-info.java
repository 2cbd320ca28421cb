/** The page on which a person sets thresholds: {@code /settings}. */
package io.deixis.service.settings;
