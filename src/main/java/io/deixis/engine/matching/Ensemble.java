package io.deixis.engine.matching;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.phrase.PieceVocabulary;
import io.deixis.engine.torch.IdleProcessors;
import io.deixis.engine.torch.Scalars;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Matchers that were trained alike from different seeds; their logits and offsets are averaged
 * (Hansen and Salamon, 1990).
 *
 * @param members one or more
 */
public record Ensemble(List<Member> members) {

  /**
   * A matcher and the word pieces that it knows.
   *
   * @param matcher with its weights
   * @param vocabulary of its trained embedding
   */
  public record Member(Matcher matcher, PieceVocabulary vocabulary) {}

  /**
   * The averages for the phrases of one image.
   *
   * @param logits of every phrase, rivals too, with every region [1, P, N]
   * @param offsets that refine every region for every phrase that is asked for [1, A, N, 4]
   */
  public record Output(NDArray logits, NDArray offsets) {}

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if there is no member
   */
  public Ensemble {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("An ensemble has a member");
    }
  }

  /**
   * Leads regions into each matcher's common space.
   *
   * @param features descriptions [N, size]
   * @return for each member [N, W] row by row
   */
  public List<float[]> regions(NDArray features) {
    return IdleProcessors.arrays(
            members.stream()
                .<Supplier<NDArray>>map(member -> () -> member.matcher().regions(features, 0))
                .toList())
        .stream()
        .map(NDArray::toFloatArray)
        .toList();
  }

  /**
   * Matches phrases with an image's regions.
   *
   * @param manager owns what is made
   * @param regions as {@link #regions} gives them
   * @param phrases P phrases
   */
  public Output match(NDManager manager, List<float[]> regions, EncodedPhrases phrases) {
    NDArray sentences = manager.create(phrases.sentences().toArray(float[][]::new));
    NDArray contexts = manager.create(phrases.contexts().toArray(float[][]::new));
    List<NDArray> each =
        IdleProcessors.arrays(
            IntStream.range(0, members.size())
                .<Supplier<NDArray>>mapToObj(
                    i -> () -> match(members.get(i), regions.get(i), phrases, sentences, contexts))
                .toList());
    NDArray mean =
        each.stream()
            .reduce(NDArray::add)
            .orElseThrow()
            .div(Scalars.of(each.get(0), (float) each.size()));
    long regionCount = regions.get(0).length / members.get(0).matcher().width();
    long logits = phrases.sentences().size() * regionCount;
    return new Output(
        mean.get(new NDIndex("0:{}", logits)).reshape(1, phrases.sentences().size(), regionCount),
        mean.get(new NDIndex("{}:", logits)).reshape(1, phrases.asked(), regionCount, 4));
  }

  /** Returns a member's logits of all phrases, and behind them the offsets of those asked for. */
  private static NDArray match(
      Member member, float[] regions, EncodedPhrases phrases, NDArray sentences, NDArray contexts) {
    NDManager manager = sentences.getManager();
    Matcher matcher = member.matcher();
    PieceVocabulary.Batch pieces = member.vocabulary().batch(phrases.pieces());
    NDArray vectors =
        matcher
            .phrases(
                sentences,
                contexts,
                manager.create(pieces.rows(), pieces.shape()),
                manager.create(pieces.present(), pieces.shape().add(1)),
                0)
            .expandDims(0);
    NDArray space =
        manager.create(regions, new Shape(1, regions.length / matcher.width(), matcher.width()));
    NDArray logits = matcher.match(vectors, space, 0).scores();
    NDArray asked = vectors.get(new NDIndex(":,0:{}", phrases.asked()));
    return logits.flatten().concat(matcher.offsets(asked, space).flatten(), 0);
  }
}
