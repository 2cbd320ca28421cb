package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import io.deixis.language.Reading;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** How many are asked for, and the article: "both", "all of the", "three of these". */
final class NumberGrammar {

  private static final Pattern ALL_OF =
      words(
          "(?:(?:each|every|all)(?: and every)?(?: single)?|several|many|various|some|a"
              + " few|few|multiple|lots of|a lot of|(?:dozens|hundreds|thousands|loads|plenty|tons)"
              + " of|every one|any)(?: one)?(?: of)?");

  private static final Pattern BOTH =
      words(
          "both(?: of)?|a couple of|a pair of(?! (?:\\w+"
              + " )*(?:glasses|sunglasses|scissors|pants|jeans|shorts|shoes|boots|gloves|trousers))");

  private static final Pattern OF_THE =
      words("of(?: the| these| those)?(?: (?:two|three|four|five|six)(?= \\w))?");

  private final TaggedText text;

  NumberGrammar(TaggedText text) {
    this.text = text;
  }

  /** Reads what there is of number and article. */
  void read(Draft draft) {
    draft.article = text.word(0).matches("an?");
    if (text.word(0).matches("some|any")
        && !QueryWords.isPlural(text.word(1))
        && !QueryWords.isPlural(text.word(2))) {
      text.next();
      return;
    }
    if (text.take(BOTH)) {
      draft.number = 2;
    } else if (!text.word(0).matches("every(?:body|one)") && text.take(ALL_OF)) {
      draft.number = Reading.ALL;
    }
    while (QueryWords.DETERMINERS.contains(text.word(0)) && !text.word(1).isEmpty()) {
      text.next();
    }
    Integer number = number();
    boolean one =
        number != null
            && number == 1
            && (!text.tag(1).matches("NOUN|ADJ")
                || QueryWords.ORDERS.containsKey(text.word(1))
                || text.word(1).endsWith("ing") && !NounGrammar.NOUNS_IN_ING.contains(text.word(1))
                || text.word(1).matches("left|right|next|close|near|dressed|seated|parked"));
    if (number != null && !one) {
      text.next();
      Integer times = QueryWords.NUMBERS.get(text.word(0));
      if (times != null && times > 10) {
        text.next();
        number = Math.min(Reading.MANY, number * times);
      }
      if (draft.number != Reading.ALL) {
        draft.number = number;
      }
      if (text.take(OF_THE)) {
        return;
      }
    }
  }

  /**
   * A number of more than two digits may be a name or a year: it counts what stands in a plural.
   */
  private Integer number() {
    String word = text.word(0);
    if (!word.matches("[1-9]\\d*")) {
      return QueryWords.NUMBERS.get(word);
    }
    boolean counts =
        word.length() <= 2
            || IntStream.rangeClosed(1, 3).anyMatch(i -> QueryWords.isPlural(text.word(i)));
    return !counts ? null : word.length() > 3 ? Reading.MANY : Integer.valueOf(word);
  }
}
