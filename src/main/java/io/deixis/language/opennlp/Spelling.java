package io.deixis.language.opennlp;

import io.deixis.language.Reading.Correction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import morfologik.fsa.builders.FSABuilder;
import morfologik.speller.Speller;
import morfologik.stemming.Dictionary;
import morfologik.stemming.DictionaryAttribute;
import morfologik.stemming.DictionaryMetadata;
import org.apache.commons.codec.language.DoubleMetaphone;

/**
 * Corrects words that nobody knows. A word is known if captions, class names or LanguageTool's word
 * list of English have it. Another one is taken for a known word that is one letter away, if only
 * one is, or if one comes in captions much more often than all the others. Thread-safe.
 */
final class Spelling {

  private static final String WORD_LISTS = "/org/languagetool/resource/en/hunspell/";
  private static final String PICTURE_WORDS = "/language/picture-words.tsv";

  /** One letter put in, left out, changed, or changed with its neighbour. */
  private static final int LETTERS = 1;

  /** A word of so many letters may also be one that sounds the same, and is about as long. */
  private static final int LONG = 7;

  private static final int ABOUT = 2;

  private static final int LONGEST_SOUND = 32;

  private static final DoubleMetaphone SOUND = new DoubleMetaphone();

  static {
    SOUND.setMaxCodeLen(LONGEST_SOUND);
  }

  /** So many times as often as the next one is much more often. */
  private static final int CLEARLY = 2;

  /** So many times as often letters are swapped or doubled as put in, left out or changed. */
  private static final long SLIP = 10;

  /** So many times as often the first letter is right as it is wrong. */
  private static final long FIRST = 10;

  /** So many times as often a letter is left out as changed. */
  private static final long OMITTED = 4;

  /** So many times as often a person is asked for as something else that captions say as often. */
  private static final long PERSON = 3;

  private static final int SHORTEST = 3;

  /** "biggest" is seldom said in captions, but often asked. */
  private static final int OF_ORDERS = 200;

  /**
   * Words of other languages that stand in most of their phrases. One that is English, too, tells
   * nothing by itself.
   */
  private static final Set<String> FOREIGN =
      Set.of(
          ("der das die den dem des ein eine einen einem einer und mit auf ist wo im vom zeig links"
                  + " rechts zwei frau mann hund"
                  + " le la les une un du au aux avec sur sous dans est deux droite gauche femme"
                  + " homme chien chat rouge noir"
                  + " el las los una del con sobre donde esta dos mujer hombre perro gato"
                  + " il lo gli della nella di sulla due donna uomo destra sinistra"
                  + " os um uma da em de homem mulher"
                  + " het een van op met twee hond vrouw")
              .split("\\s+"));

  /** As those that captions have: English words that mean something else. */
  private static final Set<String> ENGLISH_TOO =
      Set.of("die den des le la du met van dos due links con noir rouge em os sur est".split(" "));

  /** Words that lead to another one. */
  private static final Set<String> LEADING =
      Set.of(
          ("and or but are is was were has have had of with in on at by to from for as into near"
                  + " than that who")
              .split(" "));

  private static final Set<String> ASKING = Set.of("where", "which", "what", "who", "show", "find");

  /** Letters that occur in no English words except for a few in the word lists. */
  private static final Pattern ACCENTED = Pattern.compile(".*[^\\p{ASCII}].*|[dl]'.+");

  private final Speller american;
  private final Speller british;

  /** Of the words of captions alone, where a search takes a seventh of the time. */
  private final Speller ofPictures;

  private final Map<String, Integer> pictureWords;
  private final Map<String, List<String>> pictureWordsBySound;

  /**
   * What the words of a query are.
   *
   * @param words as read
   * @param corrections where they are others than typed
   * @param unknown the words of no known spelling
   * @param foreign whether they are of another language than English
   */
  record Checked(
      String words, List<Correction> corrections, List<String> unknown, boolean foreign) {}

  private Spelling(Dictionary american, Dictionary british, Map<String, Integer> pictureWords) {
    this.american = new Speller(american, LETTERS);
    this.british = new Speller(british, LETTERS);
    this.ofPictures = new Speller(among(american, pictureWords.keySet()), LETTERS);
    this.pictureWords = pictureWords;
    this.pictureWordsBySound =
        pictureWords.keySet().stream().collect(Collectors.groupingBy(SOUND::doubleMetaphone));
  }

  /** Loads the word lists, which takes about a tenth of a second. */
  static Spelling load() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Spelling.class.getResourceAsStream(PICTURE_WORDS), StandardCharsets.UTF_8))) {
      Map<String, Integer> words = new HashMap<>();
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t"))
          .forEach(word -> words.put(word[0], Integer.valueOf(word[1])));
      Stream.of(QueryWords.ORDERS, QueryWords.ORDINALS, Map.of("left", 1, "right", 1, "last", 1))
          .flatMap(orders -> orders.keySet().stream())
          .forEach(word -> words.merge(word, OF_ORDERS, Math::max));
      return new Spelling(list("en_US.dict"), list("en_GB.dict"), words);
    } catch (IOException e) {
      throw new UncheckedIOException("The word lists cannot be read", e);
    }
  }

  /**
   * Reads a list that tells accents and capitals apart. To liken letters takes the speller most of
   * its time, and what is asked has neither.
   */
  private static Dictionary list(String file) throws IOException {
    Dictionary list = Dictionary.read(Spelling.class.getResource(WORD_LISTS + file));
    Map<DictionaryAttribute, String> attributes = new EnumMap<>(list.metadata.getAttributes());
    attributes.put(DictionaryAttribute.IGNORE_DIACRITICS, "false");
    return new Dictionary(list.fsa, new DictionaryMetadata(attributes));
  }

  /** Returns a list of those of some words, and of questions, that a list has, be it as names. */
  private static Dictionary among(Dictionary list, Set<String> words) {
    Speller speller = new Speller(list);
    List<byte[]> known =
        Stream.concat(words.stream(), ASKING.stream())
            .distinct()
            .filter(
                word ->
                    Stream.of(word, capital(word), word.toUpperCase(Locale.ROOT))
                        .anyMatch(speller::isInDictionary))
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .sorted(FSABuilder.LEXICAL_ORDERING)
            .toList();
    return new Dictionary(FSABuilder.build(known), list.metadata);
  }

  /** Checks the words of a query, which are in lower case and stand between single blanks. */
  Checked check(String query) {
    String[] words = query.split(" ");
    if (isForeign(words, query)) {
      return new Checked(query, List.of(), List.of(), true);
    }
    List<Correction> corrections = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      if (isKnown(words[i])) {
        continue;
      }
      boolean last = i + 1 == words.length;
      String nearest = nearest(words[i], i == 0 ? "" : words[i - 1], last);
      if (nearest == null) {
        unknown.add(words[i]);
      } else {
        corrections.add(new Correction(words[i], nearest));
        words[i] = nearest;
      }
    }
    boolean foreign = unknown.size() > 1 && 2 * unknown.size() >= words.length;
    return new Checked(String.join(" ", words), corrections, unknown, foreign);
  }

  /** A "van" is a vehicle, unless more tells that it is Dutch. */
  private boolean isForeign(String[] words, String query) {
    boolean otherScript = query.codePoints().anyMatch(c -> Character.isLetter(c) && c > 0x24f);
    List<String> foreign = Arrays.stream(words).filter(FOREIGN::contains).toList();
    return otherScript
        || foreign.size() > 1
        || foreign.stream().anyMatch(word -> !isEnglishToo(word))
        || Arrays.stream(words).anyMatch(w -> ACCENTED.matcher(w).matches() && !isKnown(w))
        || !foreign.isEmpty() && !Arrays.stream(words).allMatch(this::isKnown);
  }

  private boolean isEnglishToo(String word) {
    return pictureWords.containsKey(word) || ENGLISH_TOO.contains(word);
  }

  private boolean isKnown(String word) {
    boolean ascii = word.chars().allMatch(c -> c < 128);
    if (word.length() < SHORTEST && ascii
        || word.chars().anyMatch(Character::isDigit)
        || pictureWords.containsKey(word)) {
      return true;
    }
    if (word.endsWith("'s")) {
      return isKnown(word.substring(0, word.length() - 2));
    }
    if (word.indexOf('-') > 0) {
      return List.of(word.split("-")).stream().allMatch(this::isKnown);
    }
    synchronized (this) {
      return !american.isMisspelled(word)
          || !american.isMisspelled(capital(word))
          || !british.isMisspelled(word);
    }
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /**
   * Returns the one known word that is near, or null.
   *
   * @param before the word before it, the empty one at the start, where people ask; behind a
   *     determiner it is none itself
   * @param last whether it is the last word, which is none that leads to another
   */
  private String nearest(String word, String before, boolean last) {
    boolean determined = QueryWords.DETERMINERS.contains(before);
    List<String> near =
        near(ofPictures, word).stream()
            .filter(found -> !determined && !last || !QueryWords.DETERMINERS.contains(found))
            .filter(found -> !last || !LEADING.contains(found))
            .toList();
    Optional<String> asks = near.stream().filter(ASKING::contains).findFirst();
    if (before.isEmpty() && asks.isPresent()) {
      return asks.get();
    }
    List<String> likeliest = likeliest(word, near);
    if (likeliest.isEmpty() && word.length() >= LONG) {
      List<String> all = near(american, word);
      if (all.size() == 1) {
        return all.get(0);
      }
      likeliest = likeliest(word, sounding(word));
    }
    return likeliest.isEmpty() ? null : clear(word, likeliest);
  }

  /** Nobody looks for a thing by a name that the word list happens to have. */
  private synchronized List<String> near(Speller list, String word) {
    return list.findReplacementCandidates(word).stream()
        .map(candidate -> candidate.getWord())
        .filter(found -> Character.isLowerCase(found.charAt(0)))
        .map(found -> found.toLowerCase(Locale.ROOT))
        .distinct()
        .toList();
  }

  /** Returns the words of captions that sound like another one and are about as long. */
  private List<String> sounding(String word) {
    return pictureWordsBySound.getOrDefault(SOUND.doubleMetaphone(word), List.of()).stream()
        .filter(found -> Math.abs(found.length() - word.length()) <= ABOUT)
        .toList();
  }

  /** Returns those that captions have, the likeliest first. */
  private List<String> likeliest(String word, List<String> near) {
    return near.stream()
        .filter(pictureWords::containsKey)
        .sorted(Comparator.comparingLong(candidate -> -likelihood(word, candidate)))
        .toList();
  }

  /** Returns the likeliest word; null if one of another noun is about as likely. */
  private String clear(String word, List<String> likeliest) {
    String first = likeliest.get(0);
    boolean clear =
        likeliest.stream()
            .filter(other -> !QueryWords.singular(other).equals(QueryWords.singular(first)))
            .allMatch(other -> likelihood(word, first) >= CLEARLY * likelihood(word, other));
    return clear ? first : null;
  }

  /**
   * Words come as often as in captions, those of persons more often; fingers change two letters or
   * double one most easily, then leave one out, and seldom miss the first.
   */
  private long likelihood(String typed, String meant) {
    boolean sameLetters = letters(typed).equals(letters(meant));
    return pictureWords.get(meant)
        * (sameLetters ? SLIP : meant.length() > typed.length() ? OMITTED : 1)
        * (typed.charAt(0) == meant.charAt(0) ? FIRST : 1)
        * (QueryWords.isPerson(meant) ? PERSON : 1);
  }

  private static List<Integer> letters(String word) {
    return word.chars().sorted().distinct().boxed().toList();
  }
}
