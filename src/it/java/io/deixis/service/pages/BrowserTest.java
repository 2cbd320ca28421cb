package io.deixis.service.pages;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of this class meet the packaged application's pages in headless Chromium; each test method
 * may take a {@link Browser}, which starts out on a blank page without cookies, 1280 by 900 pixels,
 * in light colours. Where Chromium is missing the class is skipped, unless the environment variable
 * {@link Chromium#REQUIRED} is {@code true}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Chromium.class)
public @interface BrowserTest {

  /** Whether pages may run scripts. */
  boolean scripts() default true;
}
