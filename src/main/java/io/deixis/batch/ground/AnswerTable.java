package io.deixis.batch.ground;

import io.deixis.files.PrintableText;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.PhraseState;
import io.deixis.grounding.ScoredBox;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * An answer as a table for the terminal: phrase, state, score, box. Each further box of a phrase
 * has its own row; a phrase that is unsure has its best box, the guess.
 */
final class AnswerTable {

  private static final int LONGEST_PHRASE = 48;
  private static final int BOX_WIDTH = 40;
  private static final int GAP = 2;

  private final Help.ColorScheme colours;

  AnswerTable(Help.ColorScheme colours) {
    this.colours = colours;
  }

  /** Returns the table, a header row first, each row ended by a line break. */
  String of(GroundingAnswer answer) {
    TextTable table =
        TextTable.forColumns(
            colours,
            new Column(phraseWidth(answer) + GAP, 0, Overflow.WRAP),
            new Column("unsure".length() + GAP, 0, Overflow.TRUNCATE),
            new Column("score".length() + GAP, 0, Overflow.TRUNCATE),
            new Column(BOX_WIDTH, 0, Overflow.SPAN));
    table.addRowValues("phrase", "state", "score", "box (x1, y1)-(x2, y2)");
    for (GroundedPhrase phrase : answer.phrases()) {
      addRows(table, phrase);
    }
    return table.toString();
  }

  private void addRows(TextTable table, GroundedPhrase phrase) {
    Text text = colours.text(PrintableText.line(phrase.phrase().text()));
    List<ScoredBox> boxes = phrase.found() ? phrase.boxes() : phrase.guess().stream().toList();
    Text state = colours.text(state(phrase).id());
    if (boxes.isEmpty()) {
      table.addRowValues(text, state, colours.text(score(phrase.score())), null);
    }
    for (ScoredBox box : boxes) {
      boolean first = box == boxes.get(0);
      table.addRowValues(
          first ? text : colours.text(""),
          first ? state : colours.text(""),
          colours.text(score(box.score())),
          colours.text(box(box.box())));
    }
  }

  private static PhraseState state(GroundedPhrase phrase) {
    return phrase.state().orElse(phrase.found() ? PhraseState.FOUND : PhraseState.ABSENT);
  }

  private static int phraseWidth(GroundingAnswer answer) {
    int longest =
        answer.phrases().stream()
            .mapToInt(phrase -> PrintableText.line(phrase.phrase().text()).length())
            .max()
            .orElse(0);
    return Math.min(LONGEST_PHRASE, Math.max("phrase".length(), longest));
  }

  private static String score(double score) {
    return String.format(Locale.ROOT, "%.2f", score);
  }

  static String box(Box box) {
    return String.format(
        Locale.ROOT, "(%.0f, %.0f)-(%.0f, %.0f)", box.x1(), box.y1(), box.x2(), box.y2());
  }
}
