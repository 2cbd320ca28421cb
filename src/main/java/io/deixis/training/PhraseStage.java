package io.deixis.training;

import io.deixis.engine.phrase.SentenceEncoder;
import io.deixis.training.matching.PhraseTable;

/**
 * Encodes all phrases, at most once in a process, and only if a stage asks for them. The joint
 * stage shows images in a mirror as well, so that then its words are among them.
 */
final class PhraseStage {

  private final TrainingJob job;
  private final TrainingViews views;
  private final TrainingViews heldOut;
  private PhraseTable training;
  private PhraseTable ofHeldOut;

  PhraseStage(TrainingJob job) {
    this.job = job;
    BundleSettings settings = job.settings();
    this.views =
        settings.mirrored() || settings.joint().epochs() > 0
            ? TrainingViews.mirrored(job.data(), job.training(), settings.head().seed())
            : TrainingViews.plain(job.data(), job.training());
    this.heldOut = TrainingViews.plain(job.data(), job.heldOut());
  }

  /** Returns the phrases to learn from. */
  PhraseTable training() {
    encode();
    return training;
  }

  /** Returns the phrases of the images held out, with the vocabulary of those learnt from. */
  PhraseTable heldOut() {
    encode();
    return ofHeldOut;
  }

  /** Returns the images held out. */
  TrainingViews heldOutImages() {
    return heldOut;
  }

  private void encode() {
    if (training == null) {
      try (SentenceEncoder encoder = SentenceEncoder.load(job.device())) {
        training = PhraseTable.encode(encoder, views.phrases(), job.listener());
        ofHeldOut = training.others(encoder, heldOut.phrases(), job.listener());
      }
    }
  }
}
