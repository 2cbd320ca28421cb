package io.deixis.training;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundingDataset;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.training.images.Augmentation;
import io.deixis.training.matching.TrainingImage;
import io.deixis.training.matching.TrainingPhrase;
import io.deixis.training.matching.TypeWeights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The images with a phrase to learn from, as the epochs see them.
 *
 * @param images each image as it is
 * @param epochs the images of an epoch, by its number modulo the list's size
 */
record TrainingViews(List<TrainingImage> images, List<List<TrainingImage>> epochs) {

  /** Reads images; every epoch sees them as they are. */
  static TrainingViews plain(GroundingDataset data, List<String> ids, SiblingPhrases siblings) {
    List<TrainingImage> images =
        ids.stream()
            .map(id -> TrainingImage.of(data.read(id), siblings))
            .filter(image -> !image.phrases().isEmpty())
            .toList();
    return new TrainingViews(images, List.of(images));
  }

  /**
   * Reads images; of two epochs one sees an image as it is and the other its second view: mirrored,
   * cropped, in other light; and in other words if {@code otherWords}.
   */
  static TrainingViews mirrored(
      GroundingDataset data,
      List<String> ids,
      SiblingPhrases siblings,
      boolean otherWords,
      long seed) {
    Random random = new Random(seed);
    List<TrainingImage> images = new ArrayList<>();
    List<TrainingImage> odd = new ArrayList<>();
    List<TrainingImage> even = new ArrayList<>();
    for (String id : ids) {
      AnnotatedImage annotated = data.read(id);
      TrainingImage image = TrainingImage.of(annotated, siblings);
      if (image.phrases().isEmpty()) {
        continue;
      }
      TrainingImage second = TrainingImage.ofSecondView(annotated, siblings, otherWords);
      TrainingImage other = second.phrases().isEmpty() ? image : second;
      boolean otherFirst = random.nextBoolean();
      images.add(image);
      odd.add(otherFirst ? other : image);
      even.add(otherFirst ? image : other);
    }
    return new TrainingViews(images, List.of(odd, even));
  }

  /**
   * Returns the same views, phrases of rare entity types counted more.
   *
   * @param rarity as {@link TypeWeights#of} takes it
   */
  TrainingViews weighted(float rarity) {
    TypeWeights weights = TypeWeights.of(images, rarity);
    return new TrainingViews(
        weighted(images, weights), epochs.stream().map(epoch -> weighted(epoch, weights)).toList());
  }

  private static List<TrainingImage> weighted(List<TrainingImage> images, TypeWeights weights) {
    return images.stream().map(image -> image.weighted(weights)).toList();
  }

  /** Returns all phrases that the epochs ask for, in their sentences and by themselves. */
  Set<ContextualPhrase> phrases() {
    return phrases(epochs);
  }

  /** Returns these phrases, and those of every image mirrored, whichever siblings it has. */
  Set<ContextualPhrase> phrasesInMirrors() {
    List<List<TrainingImage>> all = new ArrayList<>(epochs);
    all.add(images.stream().map(image -> image.seen(Augmentation.MIRROR)).toList());
    return phrases(all);
  }

  private static Set<ContextualPhrase> phrases(List<List<TrainingImage>> views) {
    Set<ContextualPhrase> asked = new HashSet<>();
    for (List<TrainingImage> view : views) {
      for (TrainingImage image : view) {
        for (TrainingPhrase phrase : image.phrases()) {
          asked.add(phrase.alone());
          asked.add(phrase.bare());
          asked.addAll(phrase.mentions());
          for (ContextualPhrase sibling : phrase.siblings()) {
            asked.add(sibling);
            asked.add(ContextualPhrase.alone(sibling.text()));
          }
        }
        for (TrainingPhrase relation : image.relations()) {
          asked.add(relation.alone());
          asked.add(relation.bare());
        }
      }
    }
    return asked;
  }
}
