/** The page of a model: {@code /models/NAME}. */
package io.deixis.service.models;
