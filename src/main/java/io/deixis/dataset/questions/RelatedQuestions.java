package io.deixis.dataset.questions;

import static java.util.stream.Collectors.toSet;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for one of several like people by what the captions say of that one alone: what it wears,
 * holds or does; and for one of several like things by what it is next to.
 */
final class RelatedQuestions {

  private static final Pattern WEARS = Pattern.compile("\\s*(?:is |are )?(?:in|wearing)\\s*");

  private static final Pattern HOLDS =
      Pattern.compile(
          "\\s*(?:is |are )?(holding|carrying|playing|riding|pushing|pulling|throwing|kicking|using"
              + "|reading|eating|drinking|swinging|catching|hitting|climbing)\\s*");

  private static final Pattern DOES =
      Pattern.compile(
          "^\\s*(?:is |are )?(sitting|standing|running|jumping|walking|dancing|singing|sleeping"
              + "|swimming|smiling|laughing|cooking|kneeling|crouching|talking|bending)\\b");

  private static final double APART = 0.08;

  private final AnnotatedImage image;
  private final Instances instances;
  private final List<Question> questions = new ArrayList<>();

  private RelatedQuestions(AnnotatedImage image, Instances instances) {
    this.image = image;
    this.instances = instances;
  }

  static List<Question> of(AnnotatedImage image, Instances instances) {
    RelatedQuestions related = new RelatedQuestions(image, instances);
    related.captions();
    related.neighbours();
    return related.questions;
  }

  /** What somebody is said to wear, hold or do: kind of question, verb and object. */
  private record Said(String kind, String verb, String object) {}

  /** Somebody with one box: what they are called, and what the captions say of them. */
  private record Person(Box box, Set<String> nouns, Set<Said> said) {}

  private void captions() {
    Map<String, Person> people = new LinkedHashMap<>();
    for (EntitySentence sentence : image.sentences()) {
      List<EntityPhrase> phrases = sentence.phrases();
      for (int i = 0; i < phrases.size(); i++) {
        EntityPhrase who = phrases.get(i);
        if (who.types().contains("people") && image.boxesOf(who).size() == 1) {
          Box box = image.boxesOf(who).get(0);
          Person person =
              people.computeIfAbsent(
                  who.chain(), chain -> new Person(box, new TreeSet<>(), new HashSet<>()));
          person.nouns.addAll(Instances.nouns(who));
          int end = who.firstChar() + who.text().length();
          if (i + 1 < phrases.size()) {
            EntityPhrase next = phrases.get(i + 1);
            said(sentence.text().substring(end, next.firstChar()), next, person.said);
          }
          Matcher does = DOES.matcher(sentence.text().substring(end));
          if (does.find()) {
            person.said.add(new Said("held-or-done", does.group(1), ""));
          }
        }
      }
    }
    people.values().forEach(person -> ask(person, people.values()));
  }

  /** Asks for a person by what is said of no other one of the same noun. */
  private void ask(Person person, Collection<Person> people) {
    for (String noun : person.nouns) {
      if (instances.boxes().getOrDefault(noun, List.of()).size() > 1) {
        person.said.stream()
            .filter(said -> people.stream().noneMatch(other -> isSaid(said, noun, person, other)))
            .sorted(Comparator.comparing(Said::toString))
            .forEach(said -> ask(noun, said, person.box));
      }
    }
  }

  /** Whether the same is said of another person of the same noun. */
  private static boolean isSaid(Said said, String noun, Person person, Person other) {
    return other != person
        && other.nouns.contains(noun)
        && other.said.stream().anyMatch(one -> alike(said, one));
  }

  private static void said(String between, EntityPhrase next, Set<Said> said) {
    if (next.text().matches("(?i)(?:.* )?(?:an?other|other|something|them|it|each)\\b.*")) {
      return;
    }
    String object = next.text().replaceFirst("(?i)^(?:an?|the|his|her|their|its|some) ", "");
    boolean clothing = next.types().contains("clothing");
    if (clothing && WEARS.matcher(between).matches()) {
      said.add(new Said("worn", "wearing", object.toLowerCase(Locale.ROOT)));
      return;
    }
    Matcher holds = HOLDS.matcher(between);
    if (!clothing && !next.types().contains("bodyparts") && holds.matches()) {
      said.add(new Said("held-or-done", holds.group(1), object.toLowerCase(Locale.ROOT)));
    }
  }

  /** Whether two statements may mean the same thing, such as "red shirt" and "shirt". */
  private static boolean alike(Said one, Said other) {
    if (one.object().isEmpty() || other.object().isEmpty()) {
      return one.verb().equals(other.verb());
    }
    Set<String> words = Arrays.stream(one.object().split("\\s+")).collect(toSet());
    Set<String> others = Arrays.stream(other.object().split("\\s+")).collect(toSet());
    return words.containsAll(others) || others.containsAll(words);
  }

  private void ask(String noun, Said said, Box box) {
    boolean plural = Nouns.isPlural(Nouns.last(said.object()));
    String object = said.object().isEmpty() ? "" : (plural ? "the " : "a ") + said.object();
    if (said.kind().equals("worn")) {
      add("worn", "the " + noun + " dressed in " + object, box);
      add("worn", "which " + noun + " wears " + object + "?", box);
    } else if (object.isEmpty()) {
      add(said.kind(), "the " + noun + " who is currently " + said.verb(), box);
      add(said.kind(), "which " + noun + " is " + said.verb() + "?", box);
    } else {
      add(said.kind(), "the " + noun + " who is " + said.verb() + " " + object, box);
      add(said.kind(), "which " + noun + " is " + said.verb() + " " + object + "?", box);
    }
  }

  private void neighbours() {
    Map<String, List<Box>> things = instances.boxes();
    for (String noun : things.keySet()) {
      for (String reference : things.keySet()) {
        if (things.get(noun).size() > 1
            && things.get(reference).size() == 1
            && !instances.people().contains(reference)) {
          neighbour(noun, things.get(noun), reference, things.get(reference).get(0));
        }
      }
    }
  }

  private void neighbour(String noun, List<Box> boxes, String reference, Box place) {
    List<Box> nearest = boxes.stream().sorted(Comparator.comparingDouble(place::gap)).toList();
    double gap = nearest.get(1).gap(place) - nearest.get(0).gap(place);
    if (gap >= APART * Math.max(image.width(), image.height()) && nearest.get(0).iou(place) < .5) {
      add("next-to", "the %s right next to the %s".formatted(noun, reference), nearest.get(0));
      add("next-to", "the %s nearest the %s".formatted(noun, reference), nearest.get(0));
    }
    Box farthest = nearest.get(nearest.size() - 1);
    double rest = farthest.gap(place) - nearest.get(nearest.size() - 2).gap(place);
    if (rest >= APART * Math.max(image.width(), image.height())) {
      add("next-to", "the %s farthest away from the %s".formatted(noun, reference), farthest);
    }
  }

  /** Returns the gap between the edges. */
  private void add(String kind, String text, Box answer) {
    questions.add(new Question(kind, text, List.of(answer)));
  }
}
