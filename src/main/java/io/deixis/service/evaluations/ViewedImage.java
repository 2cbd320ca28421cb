package io.deixis.service.evaluations;

import io.deixis.answers.Drawing.Rectangle;
import io.deixis.evaluation.answers.AnsweredImage;
import io.deixis.evaluation.answers.AnsweredImage.AnsweredCaption;
import io.deixis.evaluation.answers.AnsweredPhrase;
import io.deixis.evaluation.report.Printed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An image of the evaluation viewer.
 *
 * @param image its id
 * @param width as annotated, in pixels
 * @param height as annotated, in pixels
 * @param photo its address, or null
 * @param link leads to this image
 * @param captions with the phrases marked in them
 * @param phrases every phrase, one of them chosen
 */
public record ViewedImage(
    String image,
    int width,
    int height,
    String photo,
    String link,
    List<CaptionView> captions,
    List<PhraseView> phrases) {

  /**
   * A caption.
   *
   * @param segments its text, cut where phrases begin and end
   * @param phrases in it
   */
  public record CaptionView(List<Segment> segments, List<PhraseView> phrases) {}

  /**
   * A piece of a caption.
   *
   * @param text the piece
   * @param phrase that it is, or null between phrases
   */
  public record Segment(String text, PhraseView phrase) {}

  /**
   * A phrase.
   *
   * @param index position among the image's phrases
   * @param text its words
   * @param types its entity types
   * @param outcome id of what became of it
   * @param outcomeTitle what became of it
   * @param iou of the best box, two decimals
   * @param score of the best box, two decimals; blank if none was found
   * @param several how many truth boxes, if more than one; else blank
   * @param passes whether it passes the filter
   * @param chosen whether its boxes are pointed out
   * @param href leads to this phrase
   * @param truth its truth boxes
   * @param found the best box, or null
   * @param others the other boxes found
   */
  public record PhraseView(
      int index,
      String text,
      String types,
      String outcome,
      String outcomeTitle,
      String iou,
      String score,
      String several,
      boolean passes,
      boolean chosen,
      String href,
      List<Rectangle> truth,
      Rectangle found,
      List<Rectangle> others) {}

  /**
   * Prepares an image.
   *
   * @param passes for each phrase whether it passes the filter
   * @param phrase position of the phrase to point out; if there is none such, the worst that passes
   * @param link leads to this image
   * @param photo its address, or null
   */
  static ViewedImage of(
      AnsweredImage answered, List<Boolean> passes, int phrase, String link, String photo) {
    int chosen = phrase >= 0 && phrase < passes.size() ? phrase : worst(answered, passes);
    List<PhraseView> phrases =
        IntStream.range(0, passes.size())
            .mapToObj(i -> view(i, answered.phrases().get(i), passes.get(i), i == chosen, link))
            .toList();
    return new ViewedImage(
        answered.image(),
        answered.width(),
        answered.height(),
        photo,
        link,
        answered.captions().stream()
            .map(caption -> caption(caption, answered.phrases(), phrases))
            .toList(),
        phrases);
  }

  private static int worst(AnsweredImage answered, List<Boolean> passes) {
    return IntStream.range(0, passes.size())
        .boxed()
        .min(
            Comparator.comparing((Integer i) -> !passes.get(i))
                .thenComparing(i -> answered.phrases().get(i).iou()))
        .orElse(-1);
  }

  private static PhraseView view(
      int index, AnsweredPhrase phrase, boolean passes, boolean chosen, String link) {
    List<Rectangle> boxes = phrase.boxes().stream().map(Rectangle::of).toList();
    return new PhraseView(
        index,
        phrase.phrase(),
        String.join(", ", phrase.types()),
        phrase.outcome().id(),
        phrase.outcome().title(),
        Printed.level(phrase.iou()),
        phrase.scores().isEmpty() ? "" : Printed.level(phrase.scores().get(0)),
        phrase.truth().size() > 1 ? String.valueOf(phrase.truth().size()) : "",
        passes,
        chosen,
        link + (link.contains("?") ? "&" : "?") + "phrase=" + index,
        phrase.truth().stream().map(Rectangle::of).toList(),
        boxes.isEmpty() ? null : boxes.get(0),
        boxes.stream().skip(1).toList());
  }

  private static CaptionView caption(
      AnsweredCaption caption, List<AnsweredPhrase> phrases, List<PhraseView> views) {
    List<Integer> within =
        IntStream.range(0, phrases.size())
            .filter(i -> phrases.get(i).sentence() == caption.sentence())
            .boxed()
            .sorted(Comparator.comparing(i -> phrases.get(i).firstChar()))
            .toList();
    String text = caption.text();
    List<Segment> segments = new ArrayList<>();
    int done = 0;
    for (int i : within) {
      int start = phrases.get(i).firstChar();
      int end = start + phrases.get(i).phrase().length();
      if (start < done || end > text.length()) {
        continue; // lies within another phrase, or is none of this caption
      }
      segments.add(new Segment(text.substring(done, start), null));
      segments.add(new Segment(text.substring(start, end), views.get(i)));
      done = end;
    }
    segments.add(new Segment(text.substring(done), null));
    return new CaptionView(segments, within.stream().map(views::get).toList());
  }
}
