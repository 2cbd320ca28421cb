package io.deixis.language.opennlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.language.CaptionChunker;
import io.deixis.language.Phrase;
import io.deixis.language.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenNlpCaptionChunkerTest {

  private static final CaptionChunker CHUNKER = new OpenNlpCaptionChunker();

  /** Captions with their phrases in brackets, as a person marks them. */
  private static final List<String> MARKED =
      List.of(
          "[Two dogs] playing with [a red ball] on [the grass] near [an old man's car].",
          "[A man] in [a blue T-shirt] holds [a cup of coffee] while [a woman] watches him.",
          "[A group of people] sit at [a long wooden table] in front of [a brick building].",
          "[A black and white dog] leaps over [a fallen log] in [the snow].",
          "[Three young girls] wearing [pink dresses] dance on [the stage].",
          "[The little boy's red bike] leans against [a wall].",
          "[An elderly woman] with [white hair] sells [a bunch of flowers] at [a market].",
          "[A skier] in [a yellow jacket] jumps high in the air.",
          "[A pair of shoes] lies next to [the door].",
          "[Four men] in [orange vests] repair [the railroad tracks] in the background.",
          "[A tall, thin girl] looks at the camera.",
          "[A child] climbs [the side of a steep cliff].",
          "[One man] throws [a frisbee] to [another man] on [the beach].",
          "[Her long-sleeved shirt] has [green stripes].",
          "[A smiling woman] pushes [a stroller] down [the sidewalk].",
          "[A dog] runs through [the water] with [a stick] in [its mouth].");

  @Test
  void marksMostPhrasesAsAPersonWould() {
    int marked = 0;
    int found = 0;
    int agreed = 0;
    for (String caption : MARKED) {
      Set<String> expected = new HashSet<>(brackets(caption));
      List<String> actual = phrases(caption.replaceAll("[\\[\\]]", ""));
      marked += expected.size();
      found += actual.size();
      agreed += (int) actual.stream().filter(expected::contains).count();
    }

    assertThat((double) agreed / marked).as("recall").isGreaterThan(0.95);
    assertThat((double) agreed / found).as("precision").isGreaterThan(0.95);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a man and a woman | a man; a woman",
        "a black and white dog | a black and white dog",
        "a group of people | a group of people",
        "a snow covered hill | a snow covered hill",
        "two smiling women | two smiling women",
        "a woman smiling | a woman",
        "people riding bikes | people; bikes",
        "the red swing | the red swing",
        "an old man 's car | an old man 's car",
        "the girls' bikes | the girls' bikes",
        "the girl’s bike | the girl’s bike",
        "a man dressed in black | a man; black",
        "RED CAR | RED CAR",
        "dog | dog",
        "Mrs. Jones's U.K. stamp at 7 a.m. | Mrs. Jones's U.K. stamp; 7 a.m.",
        "1.5 pizzas on a plate. A fork | 1.5 pizzas; a plate; A fork",
        "a souffle\u0301 near a fiance\u0301e | a souffle\u0301; a fiance\u0301e",
        "a n\u0303u and a bird | a n\u0303u; a bird",
        "a farmer \uD83D\uDC68\u200D\uD83C\uDF3E and a cow | a farmer; a cow",
        "a well-groomed man-servant | a well-groomed man-servant",
        "a well\u2011groomed lady | a well\u2011groomed lady",
        "a half-eaten hot-dog | a half-eaten hot-dog",
        "a will-o'-the-wisp over a marsh | a will-o'-the-wisp; a marsh",
        "a cat-o’-nine-tails | a cat-o’-nine-tails"
      })
  void findsPhrases(String caption, String expected) {
    assertThat(phrases(caption)).containsExactly(expected.split("; "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the dog on the left",
        "the man on the right side",
        "leftmost person",
        "the second car on the far right",
        "the woman in the middle",
        "the cup to the right"
      })
  void keepsARelationWithItsThing(String query) {
    assertThat(phrases(query)).containsExactly(query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The horse on the left neighs. | The horse on the left",
        "The girl on the far right paints a fence. | The girl on the far right; a fence",
        "The man on the left side coughs. | The man on the left side",
        "The baby in the middle yawns. | The baby in the middle",
        "The owl at the back hoots. | The owl; the back",
        "A woman with the right shoes | A woman; the right shoes",
        "She sits on the back stairs. | the back stairs",
        "Boats on the left docks. | Boats; the left docks",
        "Trees at the back fences. | Trees; the back fences"
      })
  void takesNoVerbForAThingBehindAPlace(String caption, String expected) {
    assertThat(phrases(caption)).containsExactly(expected.split("; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a ball in her right hand | a ball; her right hand",
        "a car on the left side of the road | a car; the left side of the road",
        "a dog to the left of a car | a dog; a car"
      })
  void takesNoOtherNounForARelation(String caption, String expected) {
    assertThat(phrases(caption)).containsExactly(expected.split("; "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "he sees them and it",
        "in front of it",
        "in the background",
        "on top of it",
        "!?., -- '",
        "\uD83D\uDC36"
      })
  void findsNothingWhereNothingIsNamed(String caption) {
    assertThat(phrases(caption)).isEmpty();
  }

  @Test
  void givesSpansInReadingOrder() {
    String caption = "A dog,a cat  and\nthe bird!";

    List<Phrase> phrases = CHUNKER.chunk(caption);

    assertThat(phrases).extracting(Phrase::text).containsExactly("A dog", "a cat", "the bird");
    assertThat(phrases)
        .allSatisfy(
            phrase -> assertThat(phrase.span().orElseThrow().of(caption)).isEqualTo(phrase.text()));
    assertThat(phrases.get(1).span().orElseThrow().start()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ",
        "dog ",
        "red ",
        "red and ",
        "the ",
        "very ",
        "man's ",
        "dog of ",
        ",",
        "smiling ",
        "red, ",
        "dog covered ",
        "one ",
        "people ",
        "'",
        "-",
        "x' ",
        "x'",
        "x-",
        "x.",
        "1.",
        "1,",
        "x",
        "\u0301",
        "!\u0301",
        "the red man's "
      })
  void readsTheLongestCaptions(String piece) {
    String caption = piece.repeat(4096 / piece.length());

    assertThat(CHUNKER.chunk(caption)).isNotNull();
    assertThat(new EnglishQueryReader((OpenNlpCaptionChunker) CHUNKER).read(caption).form())
        .isEqualTo(Reading.Form.SENTENCE);
  }

  @Test
  void readsWordsInAnyOrder() {
    String[] words = String.join(" ", MARKED).replaceAll("[\\[\\]]", "").split(" ");
    Random random = new Random(11);
    for (int i = 0; i < 50; i++) {
      StringBuilder caption = new StringBuilder();
      while (caption.length() < 1000) {
        caption.append(words[random.nextInt(words.length)]).append(' ');
      }

      int end = 0;
      for (Phrase phrase : CHUNKER.chunk(caption.toString())) {
        assertThat(phrase.span().orElseThrow().start()).isGreaterThanOrEqualTo(end);
        end = phrase.span().orElseThrow().end();
      }
      assertThat(end).isPositive();
    }
  }

  /** The last part of a word with hyphens tells what it is, if the tagger takes it for a mark. */
  @Test
  void wordsWithHyphensAreNoMarks() {
    OpenNlpCaptionChunker chunker = new OpenNlpCaptionChunker();

    assertThat(chunker.tags("A black-and-white dog".split(" ")))
        .containsExactly("DET", "ADJ", "NOUN");
    assertThat(chunker.tags("The children's-book stand .".split(" ")))
        .containsExactly("DET", "PROPN", "NOUN", "PUNCT");
    assertThat(chunker.tags("A man - a sailor".split(" ")))
        .containsExactly("DET", "NOUN", "PUNCT", "DET", "NOUN");
  }

  @Test
  void servesManyThreads() throws Exception {
    List<String> captions = MARKED.stream().map(c -> c.replaceAll("[\\[\\]]", "")).toList();
    List<List<Phrase>> expected = captions.stream().map(CHUNKER::chunk).toList();
    List<Callable<List<List<Phrase>>>> work = new ArrayList<>();
    CaptionChunker fresh = new OpenNlpCaptionChunker();
    for (int i = 0; i < 8; i++) {
      work.add(() -> captions.stream().map(fresh::chunk).toList());
    }

    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<List<List<Phrase>>> answer : threads.invokeAll(work)) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> phrases(String caption) {
    return CHUNKER.chunk(caption).stream().map(Phrase::text).toList();
  }

  private static List<String> brackets(String caption) {
    return Arrays.stream(caption.split("\\["))
        .filter(piece -> piece.contains("]"))
        .map(piece -> piece.substring(0, piece.indexOf(']')))
        .toList();
  }
}
