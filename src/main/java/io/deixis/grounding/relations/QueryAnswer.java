package io.deixis.grounding.relations;

import io.deixis.grounding.AnsweredReading;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ScoredBox;
import io.deixis.language.Phrase;
import io.deixis.language.Reading;
import io.deixis.metrics.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The answer to a query that was read.
 *
 * @param phrases the query with the boxes that it means; of a list one for each thing
 * @param reading how it was understood
 */
public record QueryAnswer(List<GroundedPhrase> phrases, AnsweredReading reading) {

  /** Nothing is surely found for words that nobody knows. */
  private static final double MOST_FOR_UNKNOWN_WORDS = 0.25;

  /** Copies the phrases. */
  public QueryAnswer {
    phrases = List.copyOf(phrases);
  }

  /**
   * Answers.
   *
   * @param typed what is asked for, as many as {@link Reading#each} of the reading
   * @param reading how it is understood
   * @param matches what the matcher makes of each of {@link Resolver#phrases}
   * @param width of the image in pixels
   * @param height of the image in pixels
   * @param calibration of the matcher's logits
   * @param options how to answer
   * @param threshold the score from which a box counts as found
   */
  public static QueryAnswer of(
      List<Phrase> typed,
      Reading reading,
      Function<String, PhraseMatches> matches,
      double width,
      double height,
      Calibration calibration,
      GroundingOptions options,
      double threshold) {
    Resolver resolver = new Resolver(matches, width, height, calibration);
    List<GroundedPhrase> phrases = new ArrayList<>();
    List<AnsweredReading> told = new ArrayList<>();
    for (Reading each : reading.each()) {
      List<ScoredBox> candidates =
          each.isPlain()
              ? plain(matches.apply(each.text()).best(options), calibration)
              : resolver.resolve(each);
      if (!reading.isKnown()) {
        candidates = candidates.stream().map(QueryAnswer::doubted).toList();
      }
      double best = candidates.isEmpty() ? 0 : candidates.get(0).score();
      long most = each.isPlain() ? options.top() : each.isSeveral() ? Long.MAX_VALUE : 1;
      List<ScoredBox> found =
          candidates.stream().filter(box -> box.score() >= threshold).limit(most).toList();
      phrases.add(new GroundedPhrase(typed.get(phrases.size()), best, found));
      told.add(
          AnsweredReading.of(each, resolver.references(each), resolver.count(each), found.size()));
    }
    return new QueryAnswer(
        phrases, reading.parts().isEmpty() ? told.get(0) : AnsweredReading.ofList(reading, told));
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
