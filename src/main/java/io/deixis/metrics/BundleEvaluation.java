package io.deixis.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a bundle tells of how it was judged. Any of it may be missing.
 *
 * @param recall Recall@k on validation, or null
 * @param scores what thresholds buy on validation, or null
 * @param ablation what became of the model as parts of it were changed; empty if none was told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BundleEvaluation(RecallReport recall, ScoreReport scores, List<Ablation> ablation) {

  /** Of a bundle that tells nothing. */
  public static final BundleEvaluation NONE = new BundleEvaluation(null, null, List.of());

  /** Copies the list. */
  public BundleEvaluation {
    ablation = ablation == null ? List.of() : List.copyOf(ablation);
  }
}
