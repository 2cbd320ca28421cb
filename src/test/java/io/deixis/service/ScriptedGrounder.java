package io.deixis.service;

import io.deixis.evaluation.Cases;
import io.deixis.geometry.Box;
import io.deixis.grounding.Deadline;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingOptions;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.ModelProfile;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.language.Phrase;
import io.deixis.language.Span;
import io.deixis.metrics.Ablation;
import io.deixis.metrics.BundleEvaluation;
import io.deixis.metrics.Calibration;
import io.deixis.metrics.ScoreReport;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Answers by rule instead of by model: candidates follow from the phrase and the image's size, in
 * falling score; phrases with the word "unicorn" stay below every threshold; {@code fail REASON}
 * throws; {@code wait} takes until the caller has gone or its deadline is over.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class ScriptedGrounder implements Grounder {

  public static final double BEST = 0.35;

  /** The phrase that is never answered. */
  public static final String WAIT = "wait";

  private static final AtomicInteger CALLERS_GONE = new AtomicInteger();

  private static final Pattern MARKED = Pattern.compile("\\[/EN#(\\d+)/(\\S+) ([^\\]]+)\\]");
  private static final ModelDescription MODEL =
      new ModelDescription(
          "scripted",
          "1.0",
          "Answers by rule.",
          "Apache-2.0",
          Map.of("best", BEST, "default", 0.5),
          Map.of("recall@1", 0.5));

  /** Returns how many callers of {@link #WAIT} have gone before their deadline. */
  public static int callersGone() {
    return CALLERS_GONE.get();
  }

  @Override
  public GroundingAnswer ground(GroundingRequest request) {
    if (request.query().equals(new Query.Phrases(List.of(WAIT)))) {
      await(request.context());
    }
    request.context().deadline().ifPresent(ScriptedGrounder::refuseIfOver);
    BufferedImage image = decoded(request.image());
    double threshold = request.options().threshold().resolve(MODEL.thresholds());
    Optional<String> caption = Optional.empty();
    List<Phrase> phrases = new ArrayList<>();
    if (request.query() instanceof Query.Phrases given) {
      given.texts().stream().map(Phrase::of).forEach(phrases::add);
    } else if (request.query() instanceof Query.Caption given) {
      caption = Optional.of(given.text());
      phrases.addAll(between(given.text()));
    } else if (request.query() instanceof Query.FreeText typed) {
      phrases.add(Phrase.of(typed.text()));
    } else if (request.query() instanceof Query.AnnotatedCaption given) {
      caption = Optional.of(unmarked(given.markup(), phrases));
    }
    return new GroundingAnswer(
        new GroundingAnswer.ImageSize(image.getWidth(), image.getHeight()),
        caption,
        Optional.empty(),
        threshold,
        phrases.stream().map(p -> grounded(p, image, request.options(), threshold)).toList(),
        new GroundingAnswer.ModelReference(MODEL.name(), MODEL.version()),
        new Timings(Map.of("decode", 1.5), 2.25, false));
  }

  @Override
  public ModelDescription model() {
    return MODEL;
  }

  @Override
  public ModelProfile profile(Optional<String> name) {
    return new ModelProfile(
        model(name),
        Map.of("data", "made up for tests"),
        Optional.of("# A scripted model\n\n<script>alert(1)</script>\n"),
        new BundleEvaluation(
            null,
            ScoreReport.of(
                "val",
                3,
                Cases.many().boxCases(),
                Cases.many().boxCasesByType(),
                new Calibration(1, 0),
                BEST),
            List.of(new Ablation("grey", "no colours", 0.5, null, null, null, null))));
  }

  private static void await(RequestContext context) {
    CountDownLatch gone = new CountDownLatch(1);
    context.cancellation().onCancel(gone::countDown);
    try {
      long left = context.deadline().orElseThrow().remaining().toMillis();
      if (gone.await(left, TimeUnit.MILLISECONDS)) {
        CALLERS_GONE.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new GroundingException(Reason.DEADLINE_EXCEEDED, null, "Nobody waits any more.");
  }

  private static void refuseIfOver(Deadline deadline) {
    if (deadline.expired()) {
      throw new GroundingException(
          Reason.DEADLINE_EXCEEDED, null, "The time is over", "allow more");
    }
  }

  private static BufferedImage decoded(byte[] bytes) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
      if (image == null) {
        throw new GroundingException(
            Reason.IMAGE_UNSUPPORTED, "image", "The bytes are not of an image", "send a JPEG");
      }
      return image;
    } catch (IOException broken) {
      throw new GroundingException(
          Reason.IMAGE_BROKEN, "image", "The image is cut short", "send the whole file");
    }
  }

  private static GroundedPhrase grounded(
      Phrase phrase, BufferedImage image, GroundingOptions options, double threshold) {
    if (phrase.text().startsWith("fail ")) {
      String reason = phrase.text().substring("fail ".length());
      if (reason.equals("UNEXPECTED")) {
        throw new IllegalStateException("secret of the inside");
      }
      throw new GroundingException(
          Reason.valueOf(reason), "phrase", "Failed with " + reason + " as asked.");
    }
    Random random = new Random(phrase.text().hashCode());
    double best = phrase.text().contains("unicorn") ? 0.04 : 0.4 + 0.55 * random.nextDouble();
    List<ScoredBox> candidates = new ArrayList<>();
    for (double score = best; score > 0.01; score *= 0.7) {
      double width = image.getWidth() * (0.2 + 0.4 * random.nextDouble());
      double height = image.getHeight() * (0.2 + 0.4 * random.nextDouble());
      double x = (image.getWidth() - width) * random.nextDouble();
      double y = (image.getHeight() - height) * random.nextDouble();
      candidates.add(new ScoredBox(new Box(x, y, x + width, y + height), score));
    }
    return new GroundedPhrase(
        phrase,
        best,
        candidates.stream().filter(box -> box.score() >= threshold).limit(options.top()).toList());
  }

  private static List<Phrase> between(String caption) {
    List<Phrase> phrases = new ArrayList<>();
    int start = 0;
    for (String part : caption.split(" and ")) {
      Span span = new Span(start, start + part.length());
      phrases.add(new Phrase(part, Optional.of(span), Optional.empty(), List.of()));
      start = span.end() + " and ".length();
    }
    return phrases;
  }

  private static String unmarked(String markup, List<Phrase> phrases) {
    StringBuilder plain = new StringBuilder();
    Matcher marked = MARKED.matcher(markup);
    while (marked.find()) {
      marked.appendReplacement(plain, "");
      Span span = new Span(plain.length(), plain.length() + marked.group(3).length());
      plain.append(marked.group(3));
      phrases.add(
          new Phrase(
              marked.group(3),
              Optional.of(span),
              Optional.of(marked.group(1)),
              List.of(marked.group(2).split("/"))));
    }
    marked.appendTail(plain);
    if (phrases.isEmpty()) {
      throw new GroundingException(
          Reason.MARKUP_BROKEN,
          "caption",
          "The markup does not close",
          "write [/EN#1/people A man]");
    }
    return plain.toString();
  }
}
