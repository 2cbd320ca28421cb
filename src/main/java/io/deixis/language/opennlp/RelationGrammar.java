package io.deixis.language.opennlp;

import static io.deixis.language.opennlp.TaggedText.words;

import io.deixis.language.Reading;
import io.deixis.language.Reading.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What relates a target to another thing, and what it does: prepositions, participles and verbs
 * with their objects.
 */
final class RelationGrammar {

  /** Prepositions that relate the target to another thing, and what the relation is called. */
  private record Preposition(Pattern pattern, String name) {}

  private static final List<Preposition> PREPOSITIONS =
      List.of(
          new Preposition(words("(?:the )?(?:closest|nearest|nearer|closer)(?: to)?"), "nearest"),
          new Preposition(
              words(
                  "(?:the )?(?:farthest|furthest|farther|further)(?: away)? from|far(?: away)?"
                      + " from|away from"),
              "farthest from"),
          new Preposition(
              words(
                  "(?:on|to|at) (?:the )?left(?:(?: |-)hand)?(?: side)? (?:of|from)|left"
                      + " (?:of|from)"),
              "left of"),
          new Preposition(
              words(
                  "(?:on|to|at) (?:the )?right(?:(?: |-)hand)?(?: side)? (?:of|from)|right"
                      + " (?:of|from)"),
              "right of"),
          new Preposition(
              words(
                  "next to|beside|alongside(?: of)?|adjacent to|close to|near(?:"
                      + " to)?|nearby|by|along with|together with|next"),
              "next to"),
          new Preposition(words("(?:in|at the) front of|ahead of"), "in front of"),
          new Preposition(words("behind|in back of|at the back of"), "behind"),
          new Preposition(
              words("(?:in(?: |-)?)?between|in the middle of|among|amongst|amid"), "between"),
          new Preposition(words("on top of|on to|onto|upon|atop|on"), "on"),
          new Preposition(words("above|over"), "above"),
          new Preposition(words("under|underneath|below|beneath"), "below"),
          new Preposition(words("dressed in|clothed in|clad in"), "wearing"),
          new Preposition(words("inside of|inside|within|into|in"), "in"),
          new Preposition(words("without(?: any)?"), "without"),
          new Preposition(words("with|w/"), "with"),
          new Preposition(words("against|at|across from|opposite"), "at"),
          new Preposition(words("around|along|past|towards?"), "next to"),
          new Preposition(words("across|down(?= the)|up(?= the)"), "on"),
          new Preposition(words("through"), "in"),
          new Preposition(words("out of|outside of|outside"), "out of"),
          new Preposition(words("of"), "of"));

  /** "carried by the woman"; not "parked by the tree". */
  private static final Pattern PASSIVE =
      words(
          "(?:being )?((?!parked|seated|placed|located|perched|mounted|stopped)\\w+ed|held|worn"
              + "|ridden|driven|thrown|caught|led|drawn|eaten) by");

  private static final Pattern BEING = words("(being \\w+)");

  private static final Pattern ADJECTIVE_BEHIND = words("(asleep|awake|barefoot)");

  /** Which way somebody looks is no place. */
  private static final Pattern FACING =
      words(
          "((?:facing|looking|pointing|turned|turning|staring)(?: (?:to|towards?|at))?(?: the)?"
              + " (?:left|right|camera|viewer)(?= ,|$| with| in| on| and)"
              + "|(?:facing|looking) (?:away|up|down|back|forwards?|backwards?))"
              + "(?: from (?:the )?(?:camera|viewer|us|me))?");

  /** "the shirt that the man is wearing", "the guitar he is playing". */
  private static final Pattern CLAUSE =
      Pattern.compile(
          "(?:(?:that|which|whom|who) )?(?:(he|she|they)(?= )|(?=(?:the|an?|his|her|their) ))");

  private static final String WITH_VERB =
      "(?: (on|in|with|to|at|under|against|from|for|behind|over))?";

  private static final Pattern IS_DOING = words("(?:is|are|was|were) (\\w+ing)" + WITH_VERB);

  /** The last words, since others that end like a verb stand in between. */
  private static final Pattern DOES =
      words("(\\w{3,})" + WITH_VERB + "(?: (?:his|her|its|their) \\w+)?(?= ,|$)");

  private static final Map<String, String> PASSIVES =
      QueryWords.pairs(
          "holding held, wearing worn, riding ridden, carrying carried, eating eaten,"
              + " driving driven, throwing thrown, catching caught, reading read, hitting hit,"
              + " using used, leading led, feeding fed, drawing drawn");

  private static final Map<String, String> FINITE =
      QueryWords.pairs(
          "has with, have with, having with, wear wearing, lies lying, lie lying,"
              + " ties tying, tie tying, had with, held holding, wore wearing, rode riding,"
              + " threw throwing, caught catching, ate eating, drove driving, led leading,"
              + " sat sitting, stood standing");

  /** Participles behind a noun that are no -ing forms. */
  private static final Pattern STATE =
      words(
          "(parked|seated|dressed|placed|located|covered|tied|attached|made|mounted|hanging|stuck|perched|standing"
              + " up|lying down|sitting down)(?! in (?:a|the)?"
              + " ?(?:black|white|red|blue|green|yellow)$)");

  /** "curled up on the chair", "chained to the post". */
  private static final Pattern DONE =
      words(
          "\\w{3,}ed(?: (?:up|down|out|over|together))?(?= (?:on|in|at|to|by|next|under|with)|$)");

  /** After these a preposition belongs to the verb: what is looked at need not be near. */
  private static final Pattern LOOKING =
      words(
          "((?:looking|staring|pointing|waving|smiling|yelling|barking|laughing|talking|listening)"
              + " (?:at|to|towards?|with|through)|(?:waiting|reaching|looking|searching|running)"
              + " for)");

  private static final Pattern PARTICLE =
      words("(?:up|down|around|along|out|off|away|together|over)(?! (?:the|an?|his|her|of)\\b)");

  /** "with its tongue out", "with no shirt on", "with her back to the camera". */
  private static final Pattern STATE_OF_IT =
      words(
          "(?:out|up|down|open|closed|crossed|raised|folded|on)"
              + "(?= ,|$| and| next| near| in| on| at| by| behind| under| standing| sitting)"
              + "|(?:turned )?(?:to|towards?) (?:the )?(?:camera|viewer|us|me|wall)");

  /** "a helmet on his head": worn, wherever. */
  private static final Pattern ON_BODY =
      words(
          "(?:on|over|around|across) (?:his|her|its|their|the)"
              + " (?:heads?|face|eyes|ears|neck|necks|shoulders?|back|body|chest|feet|hands?|arms?|legs?)");

  /** Relations of a thing with others of its kind: "the taxi behind the first". */
  private static final String OF_LIKE_THINGS =
      "nearest|farthest from|left of|right of|next to|in front of|behind|between|above|below";

  /** "the man with a dog next to him" has said of whom; "the one next to him" has not. */
  private static final Pattern ALREADY_SAID =
      words("(?:it|him|them|her(?= ,|$| and| on| in| at| near))");

  private static final Pattern DRESSED_AS = words("dressed (?:up )?(?:as|like)");

  private final TaggedText text;
  private final QueryParser parser;

  RelationGrammar(TaggedText text, QueryParser parser) {
    this.text = text;
    this.parser = parser;
  }

  boolean preposition(Draft draft, boolean negated) {
    int start = text.position();
    for (Preposition preposition : PREPOSITIONS) {
      boolean possible =
          !preposition.name().equals("of")
              || QueryWords.isGarment(draft.noun()) && !draft.noun().equals("top");
      if (possible && text.take(preposition.pattern())) {
        boolean without = preposition.name().equals("without");
        boolean outside = preposition.name().equals("out of");
        String name = without ? "with" : outside ? "in" : preposition.name();
        if (related(draft, name, negated != (without || outside))) {
          return true;
        }
        text.moveTo(start);
      }
    }
    return false;
  }

  /** Reads the references of a relation. */
  boolean related(Draft draft, String name, boolean negated) {
    int start = text.position();
    if (text.take(ALREADY_SAID)) {
      return parser.isWithin() || relatedTo(draft, name, negated) || text.back(start);
    }
    boolean none = text.word(0).equals("no") && name.matches("with|wearing");
    if (none) {
      text.next();
    }
    Optional<Reading> first = parser.expression(saidOfReference(name));
    if (first.isEmpty()) {
      return text.back(start);
    }
    boolean alike = name.matches(OF_LIKE_THINGS);
    Reading reference = alike ? ExclusionGrammar.named(first.get(), draft) : first.get();
    List<Reading> references = new ArrayList<>(List.of(reference));
    if (name.equals("between") && !first.get().isSeveral() && text.word(0).equals("and")) {
      text.next();
      Optional<Reading> second = parser.expression();
      if (second.isEmpty()) {
        return text.back(start);
      }
      references.add(ExclusionGrammar.named(second.get(), draft));
    }
    boolean within = name.equals("between") && references.size() == 1 && !first.get().isSeveral();
    boolean worn = name.equals("in") && QueryWords.isClothing(head(first.get().target()));
    String relation = within ? "in" : worn ? "wearing" : name;
    draft.relations.add(new Relation(relation, 1, references, negated != none));
    if (name.equals("with")) {
      text.take(STATE_OF_IT);
    }
    if (QueryWords.isGarment(head(first.get().target()))) {
      text.take(ON_BODY);
    }
    return true;
  }

  private static QueryParser.Said saidOfReference(String name) {
    if (name.equals("wearing")) {
      return QueryParser.Said.NOTHING;
    }
    boolean place =
        name.endsWith(" by") || PREPOSITIONS.stream().anyMatch(p -> p.name().equals(name));
    return place && !name.matches("with|in") ? QueryParser.Said.ALL : QueryParser.Said.NO_PLACE;
  }

  /** "the flag behind her": of whom nothing more is said. */
  private boolean relatedTo(Draft draft, String name, boolean negated) {
    Optional<Reading> who = who(text.word(-1));
    who.ifPresent(reading -> draft.relations.add(new Relation(name, 1, List.of(reading), negated)));
    return who.isPresent();
  }

  static String head(String target) {
    return target.substring(target.lastIndexOf(' ') + 1);
  }

  /** "holding an umbrella", "jumping", "looking at the ball", "parked". */
  boolean participle(Draft draft, boolean negated) {
    int start = text.position();
    if (text.take(FACING)) {
      attribute(draft, text.group(1), negated);
      return true;
    }
    if (text.take(PASSIVE)) {
      return related(draft, text.group(1) + " by", negated) || text.back(start);
    }
    if (text.take(BEING) || text.take(ADJECTIVE_BEHIND)) {
      attribute(draft, text.group(1), negated);
      return true;
    }
    if (text.take(DRESSED_AS)) {
      Optional<Reading> as = parser.expression(QueryParser.Said.NOTHING);
      as.ifPresent(reading -> attribute(draft, text.between(start, text.position()), negated));
      return as.isPresent() || text.back(start);
    }
    if (text.take(LOOKING)) {
      return related(draft, text.group(1), negated) || text.back(start);
    }
    String word = text.word(0);
    if (text.take(STATE)) {
      attribute(draft, word, negated);
      return true;
    }
    if (text.tag(0).equals("VERB") && text.take(DONE)) {
      attribute(draft, text.group(0), negated);
      return true;
    }
    if (!word.endsWith("ing") || word.length() < 5) {
      return false;
    }
    text.next();
    if (word.equals("having")) {
      word = "with";
    }
    return action(draft, word, negated);
  }

  private boolean action(Draft draft, String participle, boolean negated) {
    int start = text.position();
    String verb = participle + " " + text.word(0);
    if (LOOKING.matcher(verb).matches()) {
      text.next();
      return related(draft, verb, negated) || text.back(start);
    }
    if (text.take(PARTICLE)) {
      attribute(draft, participle + " " + text.group(0), negated);
      return true;
    }
    boolean object =
        text.tag(0).matches("DET|NOUN|PROPN|ADJ|NUM|PRON")
            || QueryWords.DETERMINERS.contains(text.word(0))
            || QueryWords.COLOURS.contains(text.word(0))
            || QueryWords.CLOTHES.contains(text.word(0));
    boolean starter =
        !text.word(0).equals("number")
            && (text.take(NounGrammar.STARTER) || text.take(QueryParser.FILLER));
    text.moveTo(start);
    if ((object && !starter || participle.equals("with")) && related(draft, participle, negated)) {
      return true;
    }
    attribute(draft, participle, negated);
    return true;
  }

  private void attribute(Draft draft, String attribute, boolean negated) {
    if (negated) {
      draft.relations.add(ExclusionGrammar.notThe(attribute, draft.target + " " + attribute));
    } else {
      draft.attributes.add(attribute);
    }
  }

  /** "the shirt that the man is wearing": the other way round of what he is said to wear. */
  boolean clause(Draft draft, boolean negated) {
    int start = text.position();
    if (!text.take(CLAUSE)) {
      return false;
    }
    Optional<Reading> pronoun = Optional.of(text.group(1)).flatMap(RelationGrammar::who);
    int subject = text.position();
    int verb = pronoun.isPresent() ? subject : subject + 1;
    for (text.moveTo(verb); !text.atEnd(); text.moveTo(++verb)) {
      String name = deed(pronoun.isPresent());
      int end = text.position();
      Optional<Reading> owner =
          name.isEmpty() || pronoun.isPresent()
              ? pronoun
              : text.within(subject, verb, parser::expression);
      if (!name.isEmpty() && owner.isPresent()) {
        text.moveTo(end);
        draft.relations.add(new Relation(name, 1, List.of(owner.get()), negated));
        return true;
      }
    }
    return text.back(start);
  }

  /**
   * Reads what somebody does with a thing.
   *
   * @param certain whether somebody has just been named, so that the next word is the verb
   * @return what is done with the thing, "held by"; blank if the next words are no verb
   */
  private String deed(boolean certain) {
    if (text.take(IS_DOING)) {
      return passive(text.group(1), text.group(2));
    }
    boolean verb =
        text.tag(0).equals("VERB")
            || FINITE.containsKey(text.word(0))
            || PASSIVES.containsKey(participle(text.word(0)))
            || certain
            || QueryWords.isAlive(text.word(-1)) && text.word(0).matches(".*(?:s|ed)");
    if (!verb || text.word(0).matches("is|are|was|were") || !text.take(DOES)) {
      return "";
    }
    String does = text.group(1);
    String preposition = text.group(2);
    if (does.matches("has|have|had")) {
      return preposition.isEmpty() ? "of" : preposition.equals("on") ? "worn by" : "held by";
    }
    return does.endsWith("ed") ? done(does, preposition) : passive(participle(does), preposition);
  }

  /** What somebody sits on is below them. */
  private static String passive(String verb, String preposition) {
    if (verb.matches("standing|sitting|lying|sleeping|kneeling") && !preposition.isEmpty()) {
      return preposition.equals("on") ? "below" : preposition.equals("under") ? "above" : "at";
    }
    String stem = verb.substring(0, verb.length() - "ing".length());
    return done(PASSIVES.getOrDefault(verb, stem + "ed"), preposition);
  }

  private static String done(String participle, String preposition) {
    return participle + (preposition.matches("to|at|with") ? " " + preposition : "") + " by";
  }

  private static Optional<Reading> who(String pronoun) {
    return Optional.ofNullable(
        switch (pronoun) {
          case "he", "him" -> Reading.of("the man", "man");
          case "she", "her" -> Reading.of("the woman", "woman");
          case "they" -> Reading.of("the people", "person");
          case "them" -> Reading.of("the people", "person").withNumber(Reading.ALL);
          default -> null;
        });
  }

  /** "a white shirt and black shorts": one more of what the last relation is about. */
  boolean another(Draft draft) {
    if (text.word(0).equals("no")) {
      return related(draft, "with", false);
    }
    if (text.tag(0).equals("VERB") && text.word(0).endsWith("s")) {
      return finite(draft);
    }
    if (draft.relations.isEmpty()) {
      return false;
    }
    Relation last = draft.relations.get(draft.relations.size() - 1);
    return last.references().size() == 1
        && !last.name().equals(Relation.SAME)
        && related(draft, last.name(), last.excluded());
  }

  /** A verb behind "who": "who wears a hat". */
  boolean finite(Draft draft) {
    String verb = text.word(0);
    if (verb.isEmpty() || !verb.matches("[a-z]{3,}") || QueryWords.DETERMINERS.contains(verb)) {
      return false;
    }
    text.next();
    return action(draft, participle(verb), false);
  }

  static String participle(String verb) {
    String known = FINITE.get(verb);
    if (known != null) {
      return known;
    }
    String stem =
        verb.endsWith("ies")
            ? verb.substring(0, verb.length() - 3) + "y"
            : verb.matches(".*(?:sses|shes|ches|xes)")
                ? verb.substring(0, verb.length() - 2)
                : verb.endsWith("s") ? verb.substring(0, verb.length() - 1) : verb;
    boolean silent = stem.endsWith("e") && !stem.endsWith("ee");
    boolean doubled = stem.matches("[^aeiou]*[aeiou][bdgmnprt]");
    return (silent ? stem.substring(0, stem.length() - 1) : stem)
        + (doubled ? stem.substring(stem.length() - 1) : "")
        + "ing";
  }

  /** "that is red": as if it stood before the noun. */
  boolean adjective(Draft draft) {
    if (text.atEnd() || !(text.tag(0).equals("ADJ") || QueryWords.COLOURS.contains(text.word(0)))) {
      return false;
    }
    draft.modify(text.next());
    return true;
  }
}
