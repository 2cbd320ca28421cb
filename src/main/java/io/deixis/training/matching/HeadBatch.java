package io.deixis.training.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.deixis.dataset.QueryRegionPair;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.geometry.Box;
import io.deixis.language.ContentWords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One step's worth of query-region pairs: B images with P phrases (padded) and N candidates each.
 *
 * @param features descriptions [B * N, size]
 * @param boxes unrefined candidates [B, 1, N, 4]
 * @param asked the phrases, B * P
 * @param weight how much each phrase counts [B, P], 0 for padding
 * @param positive 1 where the candidate's IoU with a truth box is at least one half [B, P, N]
 * @param target the distribution that a phrase's softmax shall have [B, P, N], or all 0
 * @param refine share of each pair in its phrase's refinement loss [B, P, N]
 * @param truth the nearest truth box of each pair [B, P, N, 4]
 * @param draws how often each pair is drawn [B, P, N]: 1, and more for positive ones where they are
 *     oversampled
 * @param negatives for each of the next images of the batch, 1 where the phrase is not about it, as
 *     {@value #NEXT_IMAGES} tensors [B, P]
 * @param texts the phrases' words, B * P
 * @param siblings phrases that are absent from the images, up to S of each
 */
public record HeadBatch(
    NDArray features,
    NDArray boxes,
    PhraseBatch asked,
    NDArray weight,
    NDArray positive,
    NDArray target,
    NDArray refine,
    NDArray truth,
    NDArray draws,
    List<NDArray> negatives,
    List<String> texts,
    Siblings siblings) {

  /**
   * Phrases that differ from some of the batch's by one word and are absent from its image.
   *
   * @param phrases they are, B * S
   * @param weight 1, or 0 for padding [B, S]
   * @param of which phrase of its image each is a sibling of [B, S, 1], int64
   */
  record Siblings(PhraseBatch phrases, NDArray weight, NDArray of) {}

  /** How many other images each phrase is shown. */
  static final int NEXT_IMAGES = 2;

  /** From this IoU with a truth box on, a candidate learns to be refined towards it. */
  private static final double REFINE_IOU = 0.45;

  /** How often a phrase is read in one of its sentences, rather than by itself. */
  private static final double IN_CONTEXT = 0.6;

  int images() {
    return (int) weight.getShape().get(0);
  }

  int phrases() {
    return (int) weight.getShape().get(1);
  }

  int candidates() {
    return (int) positive.getShape().get(2);
  }

  /** How often a phrase by itself has lost its article. */
  private static final double BARE = 0.25;

  /** Draws phrases for images and labels their pairs with the images' candidates. */
  public static HeadBatch draw(
      NDManager manager,
      List<TrainingImage> images,
      CandidateRegions regions,
      PhraseTable table,
      HeadSettings settings,
      Random random) {
    int b = images.size();
    int p = settings.phrases() + settings.relations();
    int n = regions.count();
    List<ContextualPhrase> asked = new ArrayList<>(b * p);
    float[] weight = new float[b * p];
    Labels labels = Labels.of(b * p * n);
    float[][] negatives = new float[NEXT_IMAGES][b * p];
    ContextualPhrase padding = images.get(0).phrases().get(0).alone();
    SiblingRows siblings = SiblingRows.of(b, settings.siblings(), padding);
    for (int i = 0; i < b; i++) {
      TrainingImage image = images.get(i);
      Box[] candidates = regions.ofImage(i);
      List<TrainingPhrase> phrases = pick(image.phrases(), settings.phrases(), random);
      int described = phrases.size();
      phrases.addAll(pick(image.relations(), settings.relations(), random));
      siblings.draw(i, phrases.subList(0, described), random);
      for (int j = 0; j < p; j++) {
        int at = i * p + j;
        if (j >= phrases.size()) {
          asked.add(padding);
          continue;
        }
        TrainingPhrase phrase = phrases.get(j);
        asked.add(mention(phrase, random));
        weight[at] = phrase.weight();
        labels.add(phrase.truth(), candidates, at * n);
        for (int next = 0; next < NEXT_IMAGES; next++) {
          TrainingImage other = images.get((i + 1 + next) % b);
          negatives[next][at] = j < described && isNegative(phrase, image, other) ? 1 : 0;
        }
      }
    }
    return new HeadBatch(
        regions.features(),
        manager.create(regions.boxes(), new Shape(b, 1, n, 4)),
        PhraseBatch.of(manager, table, asked),
        manager.create(weight, new Shape(b, p)),
        manager.create(labels.positive, new Shape(b, p, n)),
        manager.create(labels.target, new Shape(b, p, n)),
        manager.create(labels.refine, new Shape(b, p, n)),
        manager.create(labels.truth, new Shape(b, p, n, 4)),
        manager.create(
            draws(weight, labels.positive, n, settings.oversampling(), random), new Shape(b, p, n)),
        Arrays.stream(negatives).map(flags -> manager.create(flags, new Shape(b, p))).toList(),
        asked.stream().map(ContextualPhrase::text).toList(),
        siblings.encoded(manager, table, b));
  }

  /** Siblings as they are drawn, {@code most} of each image. */
  private record SiblingRows(List<ContextualPhrase> asked, int most, float[] weight, long[] of) {

    static SiblingRows of(int images, int most, ContextualPhrase padding) {
      int rows = images * most;
      return new SiblingRows(
          new ArrayList<>(Collections.nCopies(rows, padding)),
          most,
          new float[rows],
          new long[rows]);
    }

    /** Draws siblings of an image's phrases, which fill its rows as far as there are any. */
    void draw(int image, List<TrainingPhrase> phrases, Random random) {
      record Sibling(ContextualPhrase phrase, int of) {}
      List<Sibling> all = new ArrayList<>();
      for (int j = 0; j < phrases.size(); j++) {
        for (ContextualPhrase sibling : phrases.get(j).siblings()) {
          all.add(new Sibling(sibling, j));
        }
      }
      Collections.shuffle(all, random);
      for (int k = 0; k < Math.min(most, all.size()); k++) {
        int row = image * most + k;
        ContextualPhrase sibling = all.get(k).phrase();
        boolean inContext = random.nextDouble() < IN_CONTEXT;
        asked.set(row, inContext ? sibling : ContextualPhrase.alone(sibling.text()));
        weight[row] = 1;
        of[row] = all.get(k).of();
      }
    }

    Siblings encoded(NDManager manager, PhraseTable table, int images) {
      if (most == 0) {
        return null;
      }
      return new Siblings(
          PhraseBatch.of(manager, table, asked),
          manager.create(weight, new Shape(images, most)),
          manager.create(of, new Shape(images, most, 1)));
    }
  }

  /**
   * Draws positive pairs again until there are enough: each equally often, but for a remainder that
   * is left to chance.
   *
   * @param weight of each phrase; 0 for padding, whose pairs are not counted
   * @param positive 1 for each positive pair, {@code n} a phrase
   * @param oversampling how many positives each negative gets at least
   * @return how often each pair is drawn
   */
  static float[] draws(
      float[] weight, float[] positive, int n, double oversampling, Random random) {
    float[] draws = new float[positive.length];
    Arrays.fill(draws, 1);
    List<Integer> positives = new ArrayList<>();
    long pairs = 0;
    for (int phrase = 0; phrase < weight.length; phrase++) {
      for (int at = phrase * n; weight[phrase] > 0 && at < (phrase + 1) * n; at++) {
        pairs++;
        if (positive[at] > 0) {
          positives.add(at);
        }
      }
    }
    long missing = (long) Math.ceil(oversampling * (pairs - positives.size())) - positives.size();
    if (positives.isEmpty() || missing <= 0) {
      return draws;
    }
    Collections.shuffle(positives, random);
    for (int i = 0; i < positives.size(); i++) {
      long again = missing / positives.size() + (i < missing % positives.size() ? 1 : 0);
      draws[positives.get(i)] += again;
    }
    return draws;
  }

  private static ContextualPhrase mention(TrainingPhrase phrase, Random random) {
    boolean inContext = random.nextDouble() < IN_CONTEXT;
    if (inContext && !phrase.mentions().isEmpty()) {
      return phrase.mentions().get(random.nextInt(phrase.mentions().size()));
    }
    return random.nextDouble() < BARE ? phrase.bare() : phrase.alone();
  }

  /** Returns whether a phrase shares no word with the phrases of another image. */
  private static boolean isNegative(TrainingPhrase phrase, TrainingImage own, TrainingImage other) {
    return other != own
        && ContentWords.of(phrase.text()).stream().noneMatch(other.content()::contains);
  }

  /** What the pairs shall be, as {@link HeadBatch} has it. */
  private record Labels(float[] positive, float[] target, float[] refine, float[] truth) {

    static Labels of(int pairs) {
      return new Labels(new float[pairs], new float[pairs], new float[pairs], new float[4 * pairs]);
    }

    /** Labels the pairs of a phrase, which begin at {@code offset}. */
    void add(List<Box> truths, Box[] candidates, int offset) {
      double sum = 0;
      int refined = 0;
      for (int k = 0; k < candidates.length; k++) {
        Box nearest = truths.get(0);
        double best = -1;
        for (Box box : truths) {
          double iou = candidates[k].iou(box);
          if (iou > best) {
            best = iou;
            nearest = box;
          }
        }
        int at = offset + k;
        truth[at * 4] = (float) nearest.x1();
        truth[at * 4 + 1] = (float) nearest.y1();
        truth[at * 4 + 2] = (float) nearest.x2();
        truth[at * 4 + 3] = (float) nearest.y2();
        if (best >= QueryRegionPair.POSITIVE_IOU) {
          positive[at] = 1;
          target[at] = (float) (best * best);
          sum += best * best;
        }
        if (best >= REFINE_IOU) {
          refine[at] = 1;
          refined++;
        }
      }
      for (int at = offset; at < offset + candidates.length; at++) {
        target[at] = sum > 0 ? (float) (target[at] / sum) : 0;
        refine[at] = refined > 0 ? refine[at] / refined : 0;
      }
    }
  }

  private static List<TrainingPhrase> pick(List<TrainingPhrase> phrases, int most, Random random) {
    List<TrainingPhrase> picked = new ArrayList<>(phrases);
    Collections.shuffle(picked, random);
    return new ArrayList<>(picked.subList(0, Math.min(most, picked.size())));
  }

  static Box box(float[] values, int at) {
    return new Box(
        values[at],
        values[at + 1],
        Math.max(values[at], values[at + 2]),
        Math.max(values[at + 1], values[at + 3]));
  }
}
