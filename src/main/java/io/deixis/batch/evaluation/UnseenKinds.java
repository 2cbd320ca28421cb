package io.deixis.batch.evaluation;

import io.deixis.batch.SiblingKind;
import io.deixis.dataset.siblings.SiblingPhrases;
import io.deixis.engine.bundle.BundleManifest;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which kinds of siblings are reported apart, since a model was not trained with them. */
class UnseenKinds {

  @Option(
      names = "--unseen",
      paramLabel = "KIND",
      split = ",",
      converter = SiblingKind.class,
      description =
          "Kinds of siblings that the model was not trained with, such as instruments; they are"
              + " told apart (default: what the bundle's provenance says).")
  List<String> kinds;

  /** Returns the kinds that are reported apart for a model. */
  List<String> of(BundleManifest manifest) {
    if (kinds != null) {
      return kinds.stream().distinct().toList();
    }
    String leftOut = manifest.provenance().getOrDefault(BundleManifest.SIBLINGS_LEFT_OUT, "");
    return Stream.of(leftOut.split(",\\s*")).filter(SiblingPhrases.kinds()::contains).toList();
  }
}
