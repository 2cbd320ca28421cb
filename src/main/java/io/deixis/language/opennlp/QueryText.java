package io.deixis.language.opennlp;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings what people type into one form, so that few rules read it. */
final class QueryText {

  private static final Pattern WORD =
      Pattern.compile(
          "(?:\\b\\p{L}\\.){2,}|\\p{N}+(?:\\.\\p{N}+)+"
              + "|[\\p{L}\\p{N}]+(?:(?:'?-|['/])[\\p{L}\\p{N}]+)*/?|[,&]");

  /** "dog #2". */
  private static final Pattern NUMBER_SIGN =
      Pattern.compile("(?:#|\\bno\\.?|\\bnr\\.?)\\s*(\\d{1,2})\\b");

  /** "person 3 from the left". */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "\\b(?!(?:the|last|first|number) )([a-z]+) (\\d{1,2})(?= from (?:the"
              + " )?(?:left|right|top|bottom)\\b)");

  /** "man (left)", "man - left": what is apart is said besides. */
  private static final Pattern APART = Pattern.compile("\\s*[()]\\s*|\\s+[-–—]\\s+");

  /** "to the dog's left". */
  private static final Pattern LEFT_OF_SOMEBODY =
      Pattern.compile(
          "\\b(?:on|to|at) ((?:(?:the|a|his|her) )?[a-z]+(?: [a-z]+)?)'s"
              + " (left|right)(?:(?: hand)? side)?(?= ,| and | who | that |$)");

  /** "the mans hat": what has another plural. */
  private static final Pattern WITHOUT_APOSTROPHE =
      Pattern.compile("\\b(\\w*(?<!hu|ger|ro|otto)man|child)s (?=[a-z])");

  /** "the woman in blue's bike" is not of a blue: the ending belongs to all words before it. */
  private static final Pattern OWNED_BY_DESCRIBED =
      Pattern.compile(
          "(\\b(?:in|on|at|to|from|with|wearing) (?:(?:the|an?|his|her|their) )?(?:[a-z-]+ ){0,2}?"
              + "([a-z-]+))'s (?=(?!\\w+ing\\b)[a-z])");

  /** "the girl whose hair is long". */
  private static final Pattern WHOSE =
      Pattern.compile("\\bwhose ((?:[a-z]+ )?[a-z]+) (?:is|are) (?!in |on |at |not )([a-z]+)\\b");

  /** "the boy whose shirt is not red". */
  private static final Pattern WHOSE_NOT =
      Pattern.compile(
          "\\bwhose ((?:[a-z]+ )?[a-z]+) (?:is|are) not (?!in |on |at |the |an? )([a-z]+)\\b");

  /** "the hat the man's wearing"; "the man's painting" is a painting. */
  private static final Pattern IS_DOING =
      Pattern.compile(
          "'s (?=(?:wearing|holding|carrying|riding|eating|kicking|hugging|throwing|chasing|pushing"
              + "|pulling|petting|touching|looking|sitting|standing)\\b)");

  private static final Pattern HYPHENS =
      Pattern.compile("\\b(?:second|next)-to-last\\b|\\bfar-(?:left|right)\\b");

  private static final Map<String, String> SHORT_FORMS =
      QueryWords.pairs(
          "isn't is not, isnt is not, aren't are not, wasn't was not, doesn't does not, doesnt does"
              + " not, don't do not, can't can not, cant can not, cannot can not, hasn't has not,"
              + " who's who is, whos who is, what's what is, whats what is, where's where is,"
              + " wheres where is, that's that is, which's which is, i'm i am, im i am, i'd i"
              + " would, thats that is, he's he is, she's she is, they're they are, there's there"
              + " is, pls please, plz please, u you, r are, w/o without, & and");

  private QueryText() {}

  private static String owned(String query) {
    String plain = WITHOUT_APOSTROPHE.matcher(query).replaceAll("$1's ");
    return plain.contains("'s ")
        ? OWNED_BY_DESCRIBED
            .matcher(IS_DOING.matcher(plain).replaceAll(" is "))
            .replaceAll(found -> QueryWords.isNoOwner(found.group(2)) ? "$1 's " : "$0")
        : plain;
  }

  /** Lower case, single blanks, commas apart, no other punctuation, no short forms. */
  static String normalised(String query) {
    StringBuilder words = new StringBuilder();
    String lower = CaptionTagger.plain(query).toLowerCase(Locale.ROOT).replace('’', '\'');
    lower = APART.matcher(lower).replaceAll(" , ");
    Matcher word = WORD.matcher(NUMBER_SIGN.matcher(lower).replaceAll("number $1"));
    while (word.find()) {
      if (words.isEmpty() && word.group().equals(",")) {
        continue;
      }
      words
          .append(words.isEmpty() ? "" : " ")
          .append(SHORT_FORMS.getOrDefault(word.group(), word.group()));
    }
    String plain =
        words.toString().replaceAll("(?: ,)+$", "").replaceAll("\\b(?:is|has|have) got\\b", "has");
    plain = NUMBERED.matcher(plain).replaceAll("$1 number $2");
    plain = LEFT_OF_SOMEBODY.matcher(plain).replaceAll("$2 of $1");
    plain = owned(plain);
    plain = WHOSE_NOT.matcher(plain).replaceAll("without $2 $1");
    plain = WHOSE.matcher(plain).replaceAll("with $2 $1");
    return HYPHENS
        .matcher(plain)
        .replaceAll(found -> found.group().replace('-', ' '))
        .replace("half a dozen", "six")
        .replace("from the end", "from the right")
        .replace("next to last", "second to last")
        .replaceAll("\\b(?:the )?rest of (?:the|these|those) ", "all other ")
        .replaceAll("\\bthe rest(?: of (?:them|these|those))?$", "the others")
        .replaceAll("\\bremaining\\b", "other")
        .replaceAll("\\b(top|bottom|upper) most\\b", "$1most");
  }
}
