package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryTest {

  @Test
  void aCaptionWithEntityMarkupIsAnAnnotatedOne() {
    assertThat(Query.ofCaption("[/EN#1/people A man] sits"))
        .isEqualTo(new Query.AnnotatedCaption("[/EN#1/people A man] sits"));
  }

  @Test
  void brokenMarkupIsStillMeantAsMarkup() {
    assertThat(Query.ofCaption("A man [/EN#1 sits")).isInstanceOf(Query.AnnotatedCaption.class);
  }

  @Test
  void anyOtherCaptionIsAPlainOne() {
    assertThat(Query.ofCaption("A man [sic] sits"))
        .isEqualTo(new Query.Caption("A man [sic] sits"));
  }
}
