package io.deixis.language.opennlp;

import io.deixis.language.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSTagger;
import opennlp.tools.postag.POSTaggerME;

/** Splits a caption into words and classes them. Thread-safe. */
final class CaptionTagger {

  /** A letter or digit with its combining marks and joiners. */
  private static final String LETTER = "[\\p{L}\\p{N}][\\p{M}\\p{Cf}]*";

  /**
   * An abbreviation or a decimal number, whose dots end no sentence; a word with its hyphens,
   * apostrophes and possessive ending, which may stand apart ("a man 's hat") and which OpenNLP's
   * tokenizers would cut off; or one other character with what is joined to it.
   */
  private static final Pattern WORD =
      Pattern.compile(
          "(?:\\b\\p{L}\\.){2,}|\\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr)\\.(?=\\s?\\p{Lu})|\\p{N}+(?:[.,]\\p{N}+)+"
              + "|(?:LETTER)+(?:[-'’](?:LETTER)+)*(?:\\s['’]s\\b|(?<=s)\\s?['’](?=\\s\\p{L}))?"
                  .replace("LETTER", LETTER)
              + "|[^\\s\\p{L}\\p{N}](?:[\\p{M}\\p{Cf}]+[^\\s\\p{L}\\p{N}]?)*");

  private final POSTagger tagger;

  /**
   * Creates a tagger.
   *
   * @param model an English model with the tags of Universal Dependencies
   */
  CaptionTagger(POSModel model) {
    this.tagger = new POSTaggerME(model);
  }

  /** Returns the words of {@code caption} in reading order, punctuation included. */
  List<Word> words(String caption) {
    List<Span> spans =
        WORD.matcher(caption).results().map(word -> new Span(word.start(), word.end())).toList();
    String[] texts =
        spans.stream().map(span -> span.of(caption).replaceAll("\\s", "")).toArray(String[]::new);
    String[] tags = tags(texts);
    List<Span> fixed = FixedExpressions.in(caption);
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      Span span = spans.get(i);
      WordClass wordClass =
          isWithin(span, fixed) ? WordClass.ELSE : WordClass.of(texts[i], tags[i]);
      words.add(new Word(span, wordClass));
    }
    return words;
  }

  /** The tagger keeps its last result, so that only one thread at a time may use it. */
  synchronized String[] tags(String[] texts) {
    return tagger.tag(texts);
  }

  private static boolean isWithin(Span span, List<Span> expressions) {
    return expressions.stream()
        .anyMatch(
            expression -> expression.start() <= span.start() && span.end() <= expression.end());
  }
}
