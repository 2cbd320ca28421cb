package io.deixis.training.matching;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.EntitySentence;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.language.ContentWords;
import io.deixis.training.features.FeatureExtraction;
import io.deixis.training.images.Augmentation;
import io.deixis.training.loop.Stage;
import io.deixis.training.phrases.Mirror;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The training data of one view of an image.
 *
 * @param key its features' key in the cache
 * @param phrases its distinct phrases
 * @param relations phrases made from its annotations
 * @param content the content words of all its phrases
 */
public record TrainingImage(
    String key, List<TrainingPhrase> phrases, List<TrainingPhrase> relations, Set<String> content)
    implements Stage.Example {

  /** So many siblings are made for a phrase and an image, at most. */
  private static final int SIBLINGS_OF_PHRASE = 2;

  private static final int SIBLINGS_OF_IMAGE = 8;

  /**
   * Reads an image's phrases; those whose chain has no box are left out.
   *
   * @param siblings makes phrases that are absent; which ones follows from the image's id
   */
  public static TrainingImage of(AnnotatedImage image, SiblingPhrases siblings) {
    return of(image, siblings, image.id().hashCode());
  }

  /**
   * Reads the phrases of the image's second view, with other siblings.
   *
   * @param otherWords whether its phrases are put in other words or as a question
   */
  public static TrainingImage ofSecondView(
      AnnotatedImage image, SiblingPhrases siblings, boolean otherWords) {
    int seed = ~image.id().hashCode();
    TrainingImage second = of(image, siblings, seed).second();
    return otherWords ? second.reworded(new Random(seed)) : second;
  }

  private static TrainingImage of(AnnotatedImage image, SiblingPhrases siblings, int seed) {
    record Occurrence(String text, String chain) {}
    Map<Occurrence, List<ContextualPhrase>> mentions = new LinkedHashMap<>();
    Map<Occurrence, List<String>> types = new HashMap<>();
    Set<String> content = new HashSet<>();
    for (EntitySentence sentence : image.sentences()) {
      for (EntityPhrase phrase : sentence.phrases()) {
        content.addAll(ContentWords.of(phrase.text()));
        if (image.boxes().containsKey(phrase.chain())) {
          String text = phrase.text().toLowerCase(Locale.ROOT);
          Occurrence occurrence = new Occurrence(text, phrase.chain());
          types.putIfAbsent(occurrence, phrase.types());
          mentions
              .computeIfAbsent(occurrence, any -> new ArrayList<>())
              .add(
                  new ContextualPhrase(
                      text,
                      sentence.text().toLowerCase(Locale.ROOT),
                      phrase.firstChar(),
                      phrase.firstChar() + phrase.text().length()));
        }
      }
    }
    List<TrainingPhrase> phrases = new ArrayList<>();
    mentions.forEach(
        (occurrence, ofText) -> {
          List<Box> truth =
              image.boxes().get(occurrence.chain()).stream()
                  .map(box -> box.scaled(1.0 / image.width(), 1.0 / image.height()))
                  .toList();
          phrases.add(
              new TrainingPhrase(
                  occurrence.text(),
                  types.get(occurrence),
                  ofText,
                  truth,
                  (float) Math.sqrt(ofText.size()),
                  List.of()));
        });
    return new TrainingImage(
        FeatureExtraction.key(image.id(), false),
        withSiblings(phrases, image, siblings, new Random(seed)),
        RelationPhrases.of(image),
        Set.copyOf(content));
  }

  private static List<TrainingPhrase> withSiblings(
      List<TrainingPhrase> phrases, AnnotatedImage image, SiblingPhrases siblings, Random random) {
    Set<String> words =
        SiblingPhrases.words(image.sentences().stream().map(EntitySentence::text).toList());
    List<Integer> order = new ArrayList<>(IntStream.range(0, phrases.size()).boxed().toList());
    Collections.shuffle(order, random);
    List<TrainingPhrase> with = new ArrayList<>(phrases);
    int left = SIBLINGS_OF_IMAGE;
    for (int i : order) {
      TrainingPhrase phrase = phrases.get(i);
      List<ContextualPhrase> drawn =
          siblings.draw(phrase.text(), words, Math.min(left, SIBLINGS_OF_PHRASE), random).stream()
              .map(sibling -> phrase.mentions().get(0).saying(sibling.text()))
              .toList();
      left -= drawn.size();
      with.set(i, phrase.withSiblings(drawn));
    }
    return with;
  }

  /** Returns the same image, its phrases counted by their types. */
  public TrainingImage weighted(TypeWeights weights) {
    return new TrainingImage(
        key,
        phrases.stream().map(phrase -> phrase.timesWeight(weights.of(phrase))).toList(),
        relations,
        content);
  }

  /**
   * Returns what an augmented view of the image teaches; too little of some phrases may be seen.
   */
  public TrainingImage seen(Augmentation augmentation) {
    return new TrainingImage(
        key,
        seen(phrases, augmentation),
        seen(relations, augmentation),
        augmentation.mirrored()
            ? content.stream().map(Mirror::of).collect(Collectors.toUnmodifiableSet())
            : content);
  }

  private static List<TrainingPhrase> seen(
      List<TrainingPhrase> phrases, Augmentation augmentation) {
    return phrases.stream().flatMap(phrase -> phrase.seen(augmentation).stream()).toList();
  }

  /** Returns what the image's second view teaches: of it as the feature cache has it. */
  private TrainingImage second() {
    TrainingImage seen = seen(Augmentation.ofSecondView(key));
    return new TrainingImage(
        FeatureExtraction.key(key, true), seen.phrases, seen.relations, seen.content);
  }

  private TrainingImage reworded(Random random) {
    List<TrainingPhrase> said = phrases.stream().map(phrase -> phrase.reworded(random)).toList();
    Set<String> words = new HashSet<>(content);
    said.forEach(phrase -> words.addAll(ContentWords.of(phrase.text())));
    return new TrainingImage(key, said, relations, Set.copyOf(words));
  }
}
