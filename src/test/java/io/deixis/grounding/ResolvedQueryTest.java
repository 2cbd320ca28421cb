package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deixis.grounding.Refusal.Reason;
import io.deixis.language.CaptionChunker;
import io.deixis.language.Phrase;
import io.deixis.language.QueryReader;
import io.deixis.language.Reading;
import io.deixis.language.Reading.Form;
import io.deixis.language.Span;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedQueryTest {

  /** Takes "a" with the word behind it for a noun phrase. */
  private static final QueryReader READER =
      text ->
          text.endsWith(".")
              ? Reading.whole(text).of(Reading.Form.SENTENCE, List.of(), List.of())
              : Reading.whole(text);

  private static final CaptionChunker CHUNKER =
      caption ->
          Pattern.compile("\\b[Aa] \\w+")
              .matcher(caption)
              .results()
              .map(ResolvedQueryTest::phrase)
              .toList();

  private static final GroundingLimits LIMITS = new SmallLimits();

  private static Phrase phrase(MatchResult found) {
    return new Phrase(
        found.group(),
        Optional.of(new Span(found.start(), found.end())),
        Optional.empty(),
        List.of());
  }

  @Test
  void phrasesAreTakenAsTheyAreButForOuterSpaces() {
    ResolvedQuery query = resolve(new Query.Phrases(List.of(" a dog ", "a red hat")));

    assertThat(query.caption()).isEmpty();
    assertThat(query.phrases()).containsExactly(Phrase.of("a dog"), Phrase.of("a red hat"));
  }

  @Test
  void aCaptionIsChunked() {
    ResolvedQuery query = resolve(new Query.Caption("A man pets a dog."));

    assertThat(query.caption()).contains("A man pets a dog.");
    assertThat(query.phrases()).extracting(Phrase::text).containsExactly("A man", "a dog");
    assertThat(query.phrases().get(1).span()).contains(new Span(11, 16));
  }

  @Test
  void anAnnotatedCaptionSaysItsPhrasesItself() {
    ResolvedQuery query =
        resolve(new Query.AnnotatedCaption("[/EN#12/people A man] in [/EN#13/clothing a hat]."));

    assertThat(query.caption()).contains("A man in a hat.");
    assertThat(query.phrases())
        .containsExactly(
            new Phrase("A man", Optional.of(new Span(0, 5)), Optional.of("12"), List.of("people")),
            new Phrase(
                "a hat", Optional.of(new Span(9, 14)), Optional.of("13"), List.of("clothing")));
  }

  @Test
  void whatAPersonTypesIsACaptionIfItIsASentence() {
    assertThat(resolve(new Query.FreeText("A man pets a dog.")).phrases())
        .extracting(Phrase::text)
        .containsExactly("A man", "a dog");
  }

  @Test
  void whatAPersonTypesIsReadIfItIsOneExpression() {
    ResolvedQuery query = resolve(new Query.FreeText("red cars"));

    assertThat(query.caption()).isEmpty();
    assertThat(query.phrases()).containsExactly(Phrase.of("red cars"));
    assertThat(query.reading()).contains(Reading.whole("red cars"));
  }

  @Test
  void thingsOfAListThatAreToldByTheirPlacesAreReadEach() {
    Reading first = Reading.of("first cup", "cup");
    Reading last = Reading.of("last cup", "cup");
    Reading list =
        Reading.whole("cups").of(Form.SENTENCE, List.of(), List.of()).listing(List.of(first, last));

    ResolvedQuery query = typed("cups", list);

    assertThat(query.caption()).isEmpty();
    assertThat(query.phrases()).containsExactly(Phrase.of("first cup"), Phrase.of("last cup"));
    assertThat(query.reading()).contains(list);
  }

  @Test
  void whatIsSaidToBeNoneIsAskedFor() {
    Reading none = Reading.of("dogs", "dog").withNumber(Reading.NONE);

    assertThat(typed("no dogs", none).phrases()).containsExactly(Phrase.of("dogs"));
  }

  @Test
  void aSentenceThatNamesNothingIsLookedForAndToldNotToBeUnderstood() {
    Reading rain = Reading.whole("It rains.").of(Form.SENTENCE, List.of(), List.of());

    ResolvedQuery query = typed("It rains.", rain);

    assertThat(query.phrases()).containsExactly(Phrase.of("It rains."));
    assertThat(query.reading().orElseThrow().notes()).hasSize(1);
  }

  private static ResolvedQuery typed(String text, Reading reading) {
    return ResolvedQuery.of(new Query.FreeText(text), CHUNKER, query -> reading, LIMITS);
  }

  @Test
  void whatAPersonTypesIsSomething() {
    assertRefused(new Query.FreeText(" "), Reason.PHRASE_MISSING, "query", "The query is empty");
  }

  @Test
  void noPhrase() {
    assertRefused(new Query.Phrases(List.of()), Reason.PHRASE_MISSING, "phrase", "caption");
  }

  @Test
  void aCaptionThatNamesNothing() {
    assertRefused(new Query.Caption("It rains."), Reason.PHRASE_MISSING, "caption", "name a thing");
    assertRefused(new Query.Caption(" "), Reason.PHRASE_MISSING, "caption", "is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a \ud83d cat.", "a cat \udc31", "\udc31\ud83d"})
  void halfOfACharacter(String text) {
    String told = "half of a surrogate pair";
    assertRefused(new Query.Phrases(List.of(text)), Reason.MALFORMED_REQUEST, "phrase", told);
    assertRefused(new Query.Caption(text), Reason.MALFORMED_REQUEST, "caption", told);
    assertRefused(new Query.FreeText(text), Reason.MALFORMED_REQUEST, "query", told);
    assertRefused(new Query.AnnotatedCaption(text), Reason.MALFORMED_REQUEST, "caption", told);
    assertThat(resolve(new Query.Phrases(List.of("a \ud83d\udc31"))).phrases()).hasSize(1);
  }

  @Test
  void aBlankPhrase() {
    assertRefused(
        new Query.Phrases(List.of("a dog", " ")), Reason.PHRASE_EMPTY, "phrase", "leave it out");
  }

  @Test
  void aPhraseThatIsTooLong() {
    assertThat(resolve(new Query.Phrases(List.of("0123456789"))).phrases()).hasSize(1);
    assertRefused(
        new Query.Phrases(List.of("0123456789a")),
        Reason.PHRASE_TOO_LONG,
        "phrase",
        "11 characters where at most 10");
  }

  @Test
  void tooManyPhrases() {
    assertThat(resolve(new Query.Phrases(List.of("a", "b", "c"))).phrases()).hasSize(3);
    assertRefused(
        new Query.Phrases(List.of("a", "b", "c", "d")),
        Reason.TOO_MANY_PHRASES,
        "phrase",
        "4 phrases where at most 3");
    assertRefused(
        new Query.Caption("a b, a c, a d, a e"), Reason.TOO_MANY_PHRASES, "caption", "4 phrases");
  }

  @Test
  void aCaptionThatIsTooLong() {
    String caption = "a dog".repeat(13);
    assertRefused(new Query.Caption(caption), Reason.PHRASE_TOO_LONG, "caption", "65 characters");
    assertRefused(
        new Query.AnnotatedCaption("[/EN#1/animals " + caption + "]"),
        Reason.PHRASE_TOO_LONG,
        "caption",
        "81 characters");
  }

  @Test
  void brokenMarkup() {
    assertRefused(
        new Query.AnnotatedCaption("[/EN#12/people A man in a hat"),
        Reason.MARKUP_BROKEN,
        "caption",
        "[/EN#12/people A man]");
  }

  private static ResolvedQuery resolve(Query query) {
    return ResolvedQuery.of(query, CHUNKER, READER, LIMITS);
  }

  private static void assertRefused(Query query, Reason reason, String field, String sentence) {
    GroundingException refusal =
        catchThrowableOfType(GroundingException.class, () -> resolve(query));

    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.field()).contains(field);
    assertThat(refusal).hasMessageContaining(sentence);
  }
}
