package io.deixis.training.matching;

import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.training.images.Augmentation;
import io.deixis.training.phrases.Mirror;
import io.deixis.training.phrases.Paraphrase;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A phrase of one training image.
 *
 * @param text its words in lower case
 * @param types its entity types; none for phrases that no sentence mentions
 * @param mentions every mention in a sentence of the image; none for phrases that no sentence
 *     mentions
 * @param truth the boxes it means, in normalised coordinates
 * @param weight how much it counts: the square root of how often the image's sentences say it,
 *     times what its type counts
 * @param siblings phrases that differ from it by one word and are absent from the image, each in a
 *     sentence of the image where that word is replaced
 */
public record TrainingPhrase(
    String text,
    List<String> types,
    List<ContextualPhrase> mentions,
    List<Box> truth,
    float weight,
    List<ContextualPhrase> siblings) {

  /** Of so many phrases of second views one is asked as a question or a command. */
  private static final int QUESTIONS = 12;

  private static final Pattern ARTICLE = Pattern.compile("^(?:an?|the) ");

  /** Copies the lists. */
  public TrainingPhrase {
    types = List.copyOf(types);
    mentions = List.copyOf(mentions);
    truth = List.copyOf(truth);
    siblings = List.copyOf(siblings);
  }

  /** Returns a phrase that no sentence mentions. */
  static TrainingPhrase unmentioned(String text, List<Box> truth, float weight) {
    return new TrainingPhrase(text, List.of(), List.of(), truth, weight, List.of());
  }

  /** Returns the phrase by itself. */
  public ContextualPhrase alone() {
    return ContextualPhrase.alone(text);
  }

  /** Returns the phrase by itself, without its article. */
  public ContextualPhrase bare() {
    return ContextualPhrase.alone(ARTICLE.matcher(text).replaceFirst(""));
  }

  /** Returns the same words for other boxes. */
  public TrainingPhrase withTruth(List<Box> boxes) {
    return new TrainingPhrase(text, types, mentions, boxes, weight, siblings);
  }

  /** Returns the same phrase, counted as often again as {@code factor} says. */
  TrainingPhrase timesWeight(float factor) {
    return new TrainingPhrase(text, types, mentions, truth, weight * factor, siblings);
  }

  /** Returns the same phrase with siblings. */
  TrainingPhrase withSiblings(List<ContextualPhrase> others) {
    return new TrainingPhrase(text, types, mentions, truth, weight, others);
  }

  /**
   * Returns what is true of it in an augmented view; nothing if too little of its boxes is seen.
   */
  Optional<TrainingPhrase> seen(Augmentation augmentation) {
    List<Box> boxes = augmentation.apply(truth);
    return boxes.isEmpty()
        ? Optional.empty()
        : Optional.of((augmentation.mirrored() ? mirrored() : this).withTruth(boxes));
  }

  /** Returns the same phrase in other words; a question stands in no sentence of the image. */
  TrainingPhrase reworded(Random random) {
    String said = Paraphrase.of(text, random);
    if (random.nextInt(QUESTIONS) == 0) {
      return new TrainingPhrase(
          Paraphrase.asked(said, random), types, List.of(), truth, weight, siblings);
    }
    List<ContextualPhrase> around = mentions.stream().map(each -> each.saying(said)).toList();
    return new TrainingPhrase(said, types, around, truth, weight, siblings);
  }

  private TrainingPhrase mirrored() {
    return new TrainingPhrase(
        Mirror.of(text),
        types,
        mentions.stream().map(TrainingPhrase::mirrored).toList(),
        truth,
        weight,
        siblings.stream().map(TrainingPhrase::mirrored).toList());
  }

  /** The words before the phrase may change in length, and so its place. */
  private static ContextualPhrase mirrored(ContextualPhrase mention) {
    String sentence = mention.sentence().toLowerCase(Locale.ROOT);
    String before = Mirror.of(sentence.substring(0, mention.start()));
    String phrase = Mirror.of(sentence.substring(mention.start(), mention.end()));
    String after = Mirror.of(sentence.substring(mention.end()));
    return new ContextualPhrase(
        Mirror.of(mention.text()),
        before + phrase + after,
        before.length(),
        before.length() + phrase.length());
  }
}
