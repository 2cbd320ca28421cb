package io.deixis.service.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelativeLinksTest {

  @ParameterizedTest
  @CsvSource({
    "/, <a href=\"/settings\">, <a href=\"./settings\">",
    "/settings, <a href=\"/\">, <a href=\"./\">",
    "/models/small, <img src=\"/icon.svg\">, <img src=\"../icon.svg\">",
    "/evaluations/run/1.jpg, <a href=\"/?example=x\">, <a href=\"../../?example=x\">",
    "/, <a href=\"//elsewhere\">, <a href=\"//elsewhere\">",
    "/, <a href=\"#main\">, <a href=\"#main\">"
  })
  void leadsToTheSameAddress(String path, String link, String relative) {
    assertThat(RelativeLinks.of(link, path)).isEqualTo(relative);
  }
}
