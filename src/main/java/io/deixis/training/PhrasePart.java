package io.deixis.training;

import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncoderSpec;
import io.deixis.engine.phrase.PhraseEncoder;
import io.deixis.training.matching.PhraseTable;
import io.deixis.training.phrases.PhraseCache;
import java.util.Set;

/**
 * Encodes all phrases once a stage asks for them: as the sentences have them, and as they would be
 * for mirrored images. So the set of phrases follows from the data alone.
 */
final class PhrasePart {

  private final TrainingJob job;
  private final TrainingViews views;
  private final TrainingViews heldOut;
  private PhraseTable training;
  private PhraseTable heldOutTable;

  PhrasePart(TrainingJob job) {
    this.job = job;
    this.views =
        TrainingViews.mirrored(
            job.data(), job.training(), job.siblings(), job.settings().otherWords(), 0);
    this.heldOut = TrainingViews.plain(job.data(), job.heldOut(), job.siblings());
  }

  /** Returns the phrases to learn from. */
  PhraseTable training() {
    encode();
    return training;
  }

  /** Returns the phrases of the images held out, with the vocabulary of those learnt from. */
  PhraseTable heldOut() {
    encode();
    return heldOutTable;
  }

  /** Returns the images held out. */
  TrainingViews heldOutImages() {
    return heldOut;
  }

  private void encode() {
    if (training != null) {
      return;
    }
    EncoderSpec spec = job.architecture().phraseEncoder();
    String encoder = PhraseEncoder.fingerprint(spec);
    PhraseCache ofTraining = cache("phrases", asked(), encoder);
    PhraseCache ofOthers = cache("phrases-held-out", heldOut.phrases(), encoder);
    // Phrases that are in the work folder are taken as they are.
    if (!ofTraining.isComplete() || !ofOthers.isComplete()) {
      try (PhraseEncoder loaded = PhraseEncoder.load(spec, job.device())) {
        ofTraining.complete(loaded, job.listener());
        ofOthers.complete(loaded, job.listener());
      }
    }
    training =
        PhraseTable.of(
            ofTraining.open(),
            job.parent().map(ParentBundle::vocabulary).orElseGet(() -> new long[0]));
    heldOutTable = training.others(ofOthers.open());
  }

  /** The joint stage mirrors images by chance, with the siblings of their first view. */
  private Set<ContextualPhrase> asked() {
    boolean joint = job.settings().joint().plan().epochs() > 0;
    return joint ? views.phrasesInMirrors() : views.phrases();
  }

  private PhraseCache cache(String folder, Set<ContextualPhrase> asked, String encoder) {
    return new PhraseCache(
        job.work(folder), asked, encoder, job.architecture().phraseEncoder().dimension());
  }
}
