package io.deixis.grounding.relations;

import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ScoredBox;
import io.deixis.language.Phrase;
import io.deixis.language.Reading;
import io.deixis.metrics.Calibration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The answer to a query that was read.
 *
 * @param phrase the query with the boxes that it means
 * @param reading how it was understood
 */
public record QueryAnswer(GroundedPhrase phrase, AnsweredReading reading) {

  /** Nothing is surely found for words that nobody knows. */
  private static final double MOST_FOR_UNKNOWN_WORDS = 0.25;

  /**
   * Answers.
   *
   * @param typed the query as typed
   * @param reading how it is understood
   * @param matches what the matcher makes of each of {@link Resolver#phrases}
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param calibration of the matcher's logits
   * @param options how to answer
   * @param threshold the score from which a box counts as found
   */
  public static QueryAnswer of(
      Phrase typed,
      Reading reading,
      Function<String, PhraseMatches> matches,
      double width,
      double height,
      Calibration calibration,
      GroundingOptions options,
      double threshold) {
    Resolver resolver = new Resolver(matches, width, height, calibration);
    List<ScoredBox> candidates =
        reading.isPlain()
            ? plain(matches.apply(reading.text()).best(options), calibration)
            : resolver.resolve(reading);
    if (!reading.isKnown()) {
      candidates = candidates.stream().map(QueryAnswer::doubted).toList();
    }
    double best = candidates.isEmpty() ? 0 : candidates.get(0).score();
    long most = reading.isPlain() ? options.top() : reading.isSeveral() ? Long.MAX_VALUE : 1;
    List<ScoredBox> found =
        candidates.stream().filter(box -> box.score() >= threshold).limit(most).toList();
    Map<Reading, ScoredBox> references = resolver.references(reading);
    return new QueryAnswer(
        new GroundedPhrase(typed, best, found),
        AnsweredReading.of(reading, references, resolver.count(reading), found.size()));
  }

  private static List<ScoredBox> plain(PhraseMatches best, Calibration calibration) {
    return IntStream.range(0, best.boxes().size())
        .mapToObj(
            i -> new ScoredBox(best.boxes().get(i), calibration.probability(best.logits().get(i))))
        .toList();
  }

  private static ScoredBox doubted(ScoredBox box) {
    return new ScoredBox(box.box(), Math.min(box.score(), MOST_FOR_UNKNOWN_WORDS));
  }
}
