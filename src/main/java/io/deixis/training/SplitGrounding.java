package io.deixis.training;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.ImageFeatures;
import io.deixis.engine.PhraseMatches;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.images.ImagePrefetch;
import io.deixis.training.matching.ContentWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Runs a model over the images of a split and all their phrases. */
public final class SplitGrounding {

  private static final int PHRASES_AT_ONCE = 64;

  private final GroundingDataset data;
  private final GroundingModel model;
  private final TrainingListener listener;
  private final boolean inSentences;

  /** Prepares a run in which each phrase is read in the sentence that it stands in. */
  public SplitGrounding(GroundingDataset data, GroundingModel model, TrainingListener listener) {
    this(data, model, listener, true);
  }

  private SplitGrounding(
      GroundingDataset data, GroundingModel model, TrainingListener listener, boolean inSentences) {
    this.data = data;
    this.model = model;
    this.listener = listener;
    this.inSentences = inSentences;
  }

  /** Returns the same run with each phrase read by itself, as if somebody typed only that. */
  public SplitGrounding withoutSentences() {
    return new SplitGrounding(data, model, listener, false);
  }

  /**
   * What the model makes of an image.
   *
   * @param image the annotations
   * @param candidates the unrefined candidates, in pixels of the image as annotated
   * @param matches each distinct phrase's candidates, refined and sorted, in the same pixels; the
   *     phrase as read in its sentence, or by itself if the run is without sentences
   * @param alone the same for phrases without their sentences, where foreign ones are asked for
   * @param foreign the same for phrases of another image, without their sentences, that share no
   *     word with this one
   */
  public record Grounded(
      AnnotatedImage image,
      List<Box> candidates,
      Map<ContextualPhrase, PhraseMatches> matches,
      Map<ContextualPhrase, PhraseMatches> alone,
      Map<ContextualPhrase, PhraseMatches> foreign) {

    /** Returns what a phrase of this image was answered. */
    public PhraseMatches of(GroundTruth truth) {
      PhraseMatches inSentence = matches.get(inContext(image, truth));
      return inSentence != null
          ? inSentence
          : matches.get(ContextualPhrase.alone(truth.phrase().text()));
    }

    /** Returns what a phrase of this image was answered without its sentence. */
    public PhraseMatches alone(GroundTruth truth) {
      return alone.get(ContextualPhrase.alone(truth.phrase().text()));
    }
  }

  /**
   * Grounds images one after the other.
   *
   * @param ids which images
   * @param withForeign whether each image is also asked for the phrases of the one before it
   * @param consumer told of each image
   */
  public void run(List<String> ids, boolean withForeign, Consumer<Grounded> consumer) {
    List<AnnotatedImage> annotated = ids.stream().map(data::read).toList();
    try (ImagePrefetch images = new ImagePrefetch(data, ids)) {
      for (int i = 0; i < annotated.size(); i++) {
        AnnotatedImage image = annotated.get(i);
        UprightImage pixels = images.next();
        ImageFeatures features = model.look(pixels).ofSize(image.width(), image.height());
        AnnotatedImage other = annotated.get((i + annotated.size() - 1) % annotated.size());
        consumer.accept(
            new Grounded(
                image,
                model.candidates(features),
                match(features, inSentences ? phrases(image) : alone(image)),
                withForeign ? match(features, alone(image)) : Map.of(),
                withForeign && other != image
                    ? match(features, foreignPhrases(image, other))
                    : Map.of()));
        listener.onStep(
            new TrainingListener.Progress("grounding", i + 1L, annotated.size(), Map.of()));
      }
    }
  }

  private Map<ContextualPhrase, PhraseMatches> match(
      ImageFeatures features, Set<ContextualPhrase> phrases) {
    List<ContextualPhrase> all = new ArrayList<>(phrases);
    Map<ContextualPhrase, PhraseMatches> matches = new LinkedHashMap<>();
    for (int from = 0; from < all.size(); from += PHRASES_AT_ONCE) {
      List<ContextualPhrase> batch =
          all.subList(from, Math.min(all.size(), from + PHRASES_AT_ONCE));
      List<PhraseMatches> answers = model.match(features, batch);
      for (int i = 0; i < batch.size(); i++) {
        matches.put(batch.get(i), answers.get(i));
      }
    }
    return matches;
  }

  private static Set<ContextualPhrase> phrases(AnnotatedImage image) {
    Set<ContextualPhrase> phrases = new LinkedHashSet<>();
    image.groundTruth().forEach(truth -> phrases.add(inContext(image, truth)));
    return phrases;
  }

  /** Returns a phrase as its sentence says it. */
  public static ContextualPhrase inContext(AnnotatedImage image, GroundTruth truth) {
    EntityPhrase phrase = truth.phrase();
    return new ContextualPhrase(
        phrase.text(),
        image.sentences().get(truth.sentence()).text(),
        phrase.firstChar(),
        phrase.firstChar() + phrase.text().length());
  }

  private static Set<ContextualPhrase> alone(AnnotatedImage image) {
    Set<ContextualPhrase> phrases = new LinkedHashSet<>();
    image
        .groundTruth()
        .forEach(truth -> phrases.add(ContextualPhrase.alone(truth.phrase().text())));
    return phrases;
  }

  private static Set<ContextualPhrase> foreignPhrases(AnnotatedImage image, AnnotatedImage other) {
    Set<String> content = new LinkedHashSet<>();
    for (EntitySentence sentence : image.sentences()) {
      for (EntityPhrase phrase : sentence.phrases()) {
        content.addAll(ContentWords.of(phrase.text()));
      }
    }
    Set<ContextualPhrase> foreign = new LinkedHashSet<>();
    for (GroundTruth truth : other.groundTruth()) {
      String phrase = truth.phrase().text();
      if (ContentWords.of(phrase).stream().noneMatch(content::contains)) {
        foreign.add(ContextualPhrase.alone(phrase));
      }
    }
    return foreign;
  }
}
