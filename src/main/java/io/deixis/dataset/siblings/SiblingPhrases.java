package io.deixis.dataset.siblings;

import io.deixis.dataset.siblings.WordKinds.Thing;
import io.deixis.dataset.siblings.WordKinds.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Makes siblings of a phrase: phrases that differ from it by one word and are absent from its
 * image.
 *
 * <p>A noun gives way to another of its kind in the same number, a colour to another colour, if no
 * caption of the image uses the new word, a synonym of it, or a word that may mean it: "people" and
 * "lady" both rule out "woman". A noun that stands before another noun is left alone, except where
 * its kind says otherwise ("a guitar player"). The lists are in {@code dataset/siblings.txt}.
 *
 * <p>Instances are immutable; one serves every thread.
 */
public final class SiblingPhrases {

  /** What may follow a noun at the end of its noun phrase; so may a word in "-ing" or "-ed". */
  private static final Set<String> AFTER_A_NOUN =
      Set.of(
          ",", ".", "and", "or", "of", "in", "on", "at", "to", "with", "without", "by", "for",
          "from", "near", "behind", "beside", "under", "over", "above", "below", "into", "onto",
          "next", "between", "against", "around", "across", "through", "along", "inside", "outside",
          "that", "who", "which", "is", "are", "as", "like", "while", "not", "up", "down", "off");

  private static final Pattern PARTICIPLE = Pattern.compile("\\w{2,}(?:ing|ed)");
  private static final Pattern STARTS_WITH_VOWEL_SOUND =
      Pattern.compile("(?:[aeio]|u(?!ku|ni(?!n)|se|sa)|hour|heir).*");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}'-]+");
  private static final Pattern MARK = Pattern.compile("[^\\p{L}\\p{N}\\s'-]");
  private static final Pattern PLURAL = Pattern.compile("\\w+[^s]s");
  private static final String PEOPLE = "people";
  private static final String COLOURS = "colours";

  private static final WordKinds LISTS = WordKinds.ENGLISH;

  private final Set<String> excluded;

  /**
   * Leaves some kinds out, so that a model can be measured on a kind that it was not trained with.
   *
   * @param excludedKinds kinds by name, such as {@code instruments}
   * @throws IllegalArgumentException if there is no kind of a name; it tells those there are
   */
  public SiblingPhrases(Collection<String> excludedKinds) {
    for (String kind : excludedKinds) {
      if (!LISTS.kinds().contains(kind)) {
        throw new IllegalArgumentException(
            "there is no kind of siblings \"" + kind + "\", only " + String.join(", ", kinds()));
      }
    }
    this.excluded = Set.copyOf(excludedKinds);
  }

  /** Makes siblings of every kind. */
  public SiblingPhrases() {
    this(Set.of());
  }

  /** Returns the kinds that are left out. */
  public Set<String> excluded() {
    return excluded;
  }

  /** Returns the names of all kinds, in alphabetical order. */
  public static Set<String> kinds() {
    return new TreeSet<>(LISTS.kinds());
  }

  /**
   * Returns the things that a phrase names, each by its first name in the lists: {@code man} and
   * {@code hat} for "two guys with caps". Words that are never replaced are left out.
   */
  public static List<String> things(String phrase) {
    String[] words = words(phrase);
    List<String> things = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      Word word = LISTS.word(words[i]);
      if (word != null && replaceable(words, i, word)) {
        Thing thing = word.thing();
        things.add(thing.singular() == null ? thing.plural() : thing.singular());
      }
    }
    return things;
  }

  /** Returns the words that an image's captions use, in lower case. */
  public static Set<String> words(Collection<String> captions) {
    Set<String> words = new HashSet<>();
    for (String caption : captions) {
      words.addAll(Arrays.asList(BETWEEN_WORDS.split(caption.toLowerCase(Locale.ROOT))));
    }
    words.remove("");
    return words;
  }

  /**
   * Returns every sibling of a phrase, by the place of the replaced word, then in the order of the
   * lists.
   *
   * @param phrase a phrase of the image, its words parted by spaces
   * @param captionWords what {@link #words} gives for all captions of the image
   */
  public List<SiblingPhrase> of(String phrase, Set<String> captionWords) {
    return byReplacedWord(phrase, captionWords).stream().flatMap(List::stream).toList();
  }

  /**
   * Draws siblings of a phrase, no two the same. Each word of the phrase that can be replaced has
   * its turn before another has a second one, so that a word with many alternatives, such as a
   * colour, does not crowd out the others.
   *
   * @param phrase a phrase of the image, its words parted by spaces
   * @param captionWords what {@link #words} gives for all captions of the image
   * @param most how many to draw; fewer come where there are fewer
   * @param random the one source of chance
   */
  public List<SiblingPhrase> draw(
      String phrase, Set<String> captionWords, int most, Random random) {
    List<List<SiblingPhrase>> remaining = byReplacedWord(phrase, captionWords);
    Collections.shuffle(remaining, random);
    List<SiblingPhrase> drawn = new ArrayList<>();
    while (drawn.size() < most && !remaining.isEmpty()) {
      for (List<SiblingPhrase> alternatives : remaining) {
        if (drawn.size() < most) {
          drawn.add(alternatives.remove(random.nextInt(alternatives.size())));
        }
      }
      remaining.removeIf(List::isEmpty);
    }
    return drawn;
  }

  /**
   * Returns what the words of a phrase compete with: for each noun and colour that the lists know,
   * the shortest phrase about it and as many about others of its kind, as "a man" and "a woman", "a
   * boy", or "a red shirt" and "a blue shirt", "a green shirt". Others that the phrase itself names
   * or may mean do not compete.
   *
   * @param phrase any phrase
   * @param most how many others of a kind, in the order of the lists, the commonest first
   */
  public static List<WordRivals> rivals(String phrase, int most) {
    String[] words = words(MARK.matcher(phrase).replaceAll(" $0 "));
    Set<String> own = new HashSet<>(Arrays.asList(words));
    List<WordRivals> rivals = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      Word word = LISTS.word(words[i]);
      if (word == null || !replaceable(words, i, word)) {
        continue;
      }
      String noun = word.kind().modifiers() ? nounAfter(words, i) : "";
      List<String> others =
          word.kind().things().stream()
              .filter(thing -> thing != word.thing() && !thing.mayBeIn(own))
              .filter(thing -> thing.named(word.plural()) != null)
              .limit(most)
              .map(thing -> shortest(thing.named(word.plural()), noun, word))
              .toList();
      if (!others.isEmpty()) {
        rivals.add(new WordRivals(shortest(words[i], noun, word), others));
      }
    }
    return rivals;
  }

  private static String nounAfter(String[] words, int at) {
    String next = at + 1 < words.length ? words[at + 1] : "";
    return AFTER_A_NOUN.contains(next) || PARTICIPLE.matcher(next).matches()
        ? ""
        : BETWEEN_WORDS.matcher(next).replaceAll("");
  }

  private static String shortest(String word, String noun, Word known) {
    String text = noun.isEmpty() ? word : word + " " + noun;
    boolean counted =
        noun.isEmpty()
            ? !known.plural() && known.thing().plural() != null
            : !PLURAL.matcher(noun).matches();
    return counted ? article(word) + " " + text : text;
  }

  private List<List<SiblingPhrase>> byReplacedWord(String phrase, Set<String> captionWords) {
    String[] words = words(phrase);
    Set<String> own = new HashSet<>(Arrays.asList(words));
    List<List<SiblingPhrase>> byWord = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      Word word = LISTS.word(words[i]);
      if (word == null || excluded.contains(word.kind().name()) || !replaceable(words, i, word)) {
        continue;
      }
      List<SiblingPhrase> siblings = new ArrayList<>();
      for (Thing thing : word.kind().things()) {
        String replacement = thing.named(word.plural());
        if (replacement != null && !thing.mayBeIn(captionWords) && !thing.mayBeIn(own)) {
          siblings.add(
              new SiblingPhrase(
                  replaced(words, i, replacement), word.kind().name(), words[i], replacement));
        }
      }
      if (!siblings.isEmpty()) {
        byWord.add(siblings);
      }
    }
    return byWord;
  }

  private static String[] words(String phrase) {
    return phrase.strip().toLowerCase(Locale.ROOT).split("\\s+");
  }

  private static boolean replaceable(String[] words, int at, Word word) {
    String next = at + 1 < words.length ? words[at + 1] : "";
    if (at > 0 && LISTS.isFixed(words[at - 1], words[at]) || LISTS.isFixed(words[at], next)) {
      return false;
    }
    boolean endsNounPhrase =
        next.isEmpty() || AFTER_A_NOUN.contains(next) || PARTICIPLE.matcher(next).matches();
    if (!word.kind().modifiers()) {
      return endsNounPhrase;
    }
    if (word.kind().name().equals(COLOURS)) {
      return !(endsNounPhrase && afterArticle(words, at)) && !person(next);
    }
    return true;
  }

  /** "An orange" is no colour. */
  private static boolean afterArticle(String[] words, int at) {
    return at > 0 && Set.of("a", "an", "the").contains(words[at - 1]);
  }

  /** Nobody is described by the colour of the skin. */
  private static boolean person(String word) {
    Word known = LISTS.word(word);
    return word.equals("person")
        || word.equals(PEOPLE)
        || known != null && known.kind().name().equals(PEOPLE);
  }

  private static String replaced(String[] words, int at, String replacement) {
    String[] result = words.clone();
    result[at] = replacement;
    if (at > 0 && (words[at - 1].equals("a") || words[at - 1].equals("an"))) {
      result[at - 1] = article(replacement);
    }
    return String.join(" ", result);
  }

  private static String article(String word) {
    return STARTS_WITH_VOWEL_SOUND.matcher(word).matches() ? "an" : "a";
  }
}
