package io.deixis.grounding.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingLimits;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.SmallLimits;
import io.deixis.grounding.Threshold;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDraftTest {

  private static final GroundingLimits LIMITS = new SmallLimits();
  private static final byte[] IMAGE = {1, 2, 3, 4};

  private static RequestDraft phrases(String... phrases) {
    return new RequestDraft(IMAGE, "phrase", Arrays.asList(phrases), null, null, null, null, null);
  }

  private static RequestDraft texts(String caption, String query) {
    return new RequestDraft(IMAGE, "phrase", List.of(), caption, query, null, null, null);
  }

  private static RequestDraft options(String threshold, Integer top, Double nms, String model) {
    return new RequestDraft(
        IMAGE, "phrase", List.of("a cat"), null, null, threshold, top, nms, model);
  }

  private static GroundingException refusal(RequestDraft draft) {
    return catchThrowableOfType(GroundingException.class, () -> draft.checked(LIMITS));
  }

  @Test
  void phrasesAreTakenInOrderWithoutOuterSpaces() {
    GroundingRequest request = phrases(" a cat ", "a dog", "0123456789").checked(LIMITS);

    assertThat(request.query())
        .isEqualTo(new Query.Phrases(List.of("a cat", "a dog", "0123456789")));
    assertThat(request.image()).isEqualTo(IMAGE);
    assertThat(request.options()).isEqualTo(GroundingOptions.DEFAULTS);
    assertThat(request.model()).isEmpty();
    assertThat(request.context()).isEqualTo(RequestContext.NONE);
  }

  @Test
  void aTypedQueryIsFreeTextWithoutOuterSpaces() {
    assertThat(texts(null, " where is it? ").checked(LIMITS).query())
        .isEqualTo(new Query.FreeText("where is it?"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A man in a hat              | Caption
          [/EN#1/people A man] in red | AnnotatedCaption
          """)
  void aCaptionIsAnnotatedIfItHasMarkup(String caption, String kind) {
    Query query = texts(caption, null).checked(LIMITS).query();

    assertThat(query.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(query.toString()).contains(caption);
  }

  @Test
  void optionsAreReadWhereTheyCame() {
    GroundingRequest request = options("0.25", 7, 0.3, " small ").checked(LIMITS);

    assertThat(request.options())
        .isEqualTo(new GroundingOptions(new Threshold.Fixed(0.25), 7, 0.3));
    assertThat(request.model()).hasValue("small");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          0x1p-1 | -   | -   | threshold
          1.01   | -   | -   | threshold
          -0.01  | -   | -   | threshold
          -      | 0   | -   | top
          -      | 101 | -   | top
          -      | -   | 1.1 | nms
          -      | -   | NaN | nms
          """)
  void optionsOutOfRangeAreRefusedByName(String threshold, Integer top, Double nms, String field) {
    GroundingException refusal = refusal(options(threshold, top, nms, null));

    assertThat(refusal.reason()).isEqualTo(Reason.OPTION_INVALID);
    assertThat(refusal.field()).hasValue(field);
  }

  @Test
  void anImageMustCome() {
    for (byte[] none : new byte[][] {null, {}}) {
      GroundingException refusal =
          refusal(new RequestDraft(none, "phrase", List.of("a cat"), null, null, null, null, null));
      assertThat(refusal.reason()).isEqualTo(Reason.IMAGE_MISSING);
      assertThat(refusal.field()).hasValue("image");
    }
  }

  @Test
  void anImageOfOneByteMoreThanAllowedIsRefused() {
    GroundingException refusal =
        refusal(
            new RequestDraft(
                new byte[5], "phrase", List.of("a cat"), null, null, null, null, null));

    assertThat(refusal.reason()).isEqualTo(Reason.IMAGE_TOO_MANY_BYTES);
    assertThat(refusal).hasMessageContaining("5 bytes where at most 4 are allowed");
  }

  @Test
  void whatToLookForIsSaidInOneWay() {
    RequestDraft twice =
        new RequestDraft(IMAGE, "phrase", List.of("a cat"), "A cat", null, null, null, null);
    RequestDraft otherwise =
        new RequestDraft(IMAGE, "phrase", List.of("a cat"), null, "cat?", null, null, null);

    for (RequestDraft draft : List.of(twice, otherwise, texts("A cat", "cat?"))) {
      GroundingException refusal = refusal(draft);
      assertThat(refusal.reason()).isEqualTo(Reason.MALFORMED_REQUEST);
      assertThat(refusal.field()).hasValue(draft.query() == null ? "caption" : "query");
    }
  }

  @Test
  void phrasesAreRefusedByTheirNumberAndLength() {
    assertThat(refusal(phrases()).reason()).isEqualTo(Reason.PHRASE_MISSING);
    assertThat(refusal(phrases("a cat", " ")).reason()).isEqualTo(Reason.PHRASE_EMPTY);
    assertThat(refusal(phrases("a cat", null)).reason()).isEqualTo(Reason.PHRASE_EMPTY);
    assertThat(refusal(phrases("\u00a0\u3000\u200b")).reason()).isEqualTo(Reason.PHRASE_EMPTY);
    assertThat(refusal(phrases("a", "b", "c", "d")).reason()).isEqualTo(Reason.TOO_MANY_PHRASES);
    assertThat(refusal(phrases(" 0123456789x "))).hasMessageContaining("11 characters");
    assertThat(refusal(phrases(" 0123456789x ")).reason()).isEqualTo(Reason.PHRASE_TOO_LONG);
  }

  @Test
  void textsAreRefusedByTheirLength() {
    assertThat(texts("x".repeat(60), null).checked(LIMITS).query()).isNotNull();
    assertThat(refusal(texts("x".repeat(61), null)).field()).hasValue("caption");
    assertThat(refusal(texts(null, "x".repeat(61))).reason()).isEqualTo(Reason.PHRASE_TOO_LONG);
    assertThat(refusal(texts(" ", null)).reason()).isEqualTo(Reason.PHRASE_MISSING);
    assertThat(refusal(texts(null, "\t")).field()).hasValue("query");
  }
}
