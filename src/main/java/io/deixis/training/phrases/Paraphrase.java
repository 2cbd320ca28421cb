package io.deixis.training.phrases;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says the same in other words: another name for the same thing, "wearing a red shirt" for "in a
 * red shirt". Words of a row begin alike as far as "a" and "an" go.
 */
public final class Paraphrase {

  private static final List<String> FRAMES =
      List.of("where is %s", "find %s", "show me %s", "can you see %s", "i am looking for %s");

  /** Words of a row can stand in each other's place in a caption, whatever is around them. */
  private static final Map<String, List<String>> SAME =
      rows(
          "man guy",
          "men guys",
          "woman lady",
          "women ladies",
          "child kid",
          "children kids",
          "people persons",
          "bicycle bike",
          "bicycles bikes",
          "motorcycle motorbike",
          "motorcycles motorbikes",
          "taxi cab",
          "sofa couch",
          "tv television",
          "phone telephone",
          "cellphone smartphone",
          "rock stone",
          "rocks stones",
          "road street",
          "sidewalk pavement",
          "shop store",
          "pants trousers",
          "sweater jumper",
          "purse handbag",
          "backpack rucksack",
          "puppy pup",
          "large big",
          "small little",
          "gray grey",
          "blond blonde",
          "beverage drink",
          "rug carpet",
          "trash garbage");

  private static final Pattern WORD = Pattern.compile("[\\p{L}-]+");
  private static final Pattern WORN =
      Pattern.compile(
          "\\b(?:in|wearing) (?=(?:an? |the |his |her |their )?(?:[\\p{L}-]+ ){0,3}?"
              + "(?:shirts?|t-shirts?|jackets?|coats?|dress(?:es)?|suits?|hats?|caps?|jeans|pants"
              + "|shorts|sweaters?|uniforms?|helmets?|vests?|skirts?|sunglasses|outfits?|tops?"
              + "|clothes|clothing|costumes?|hoodies?|sweatshirts?|bikinis?|robes?|gowns?)\\b)");

  private Paraphrase() {}

  /**
   * Returns the text in other words, or as it is where none are known.
   *
   * @param text a phrase in lower case
   * @param random decides which words; the same seed gives the same ones
   */
  public static String of(String text, Random random) {
    String said =
        WORD.matcher(text)
            .replaceAll(
                word -> {
                  List<String> others = SAME.getOrDefault(word.group(), List.of(word.group()));
                  return Matcher.quoteReplacement(others.get(random.nextInt(others.size())));
                });
    return WORN.matcher(said).replaceAll(any -> random.nextBoolean() ? "in " : "wearing ");
  }

  /** Returns a question or a command that asks for what the text says. */
  public static String asked(String text, Random random) {
    return FRAMES.get(random.nextInt(FRAMES.size())).formatted(text);
  }

  private static Map<String, List<String>> rows(String... rows) {
    Map<String, List<String>> same = new HashMap<>();
    for (String row : rows) {
      List<String> words = List.of(row.split(" "));
      words.forEach(word -> same.put(word, words));
    }
    return Map.copyOf(same);
  }
}
