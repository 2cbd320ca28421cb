package io.deixis.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The results of a bundle's evaluation. Any of them may be missing.
 *
 * @param recall Recall@k on validation, or null
 * @param scores what thresholds buy on validation, or null
 * @param ablation the metrics of variants of the model; empty if none are known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BundleEvaluation(RecallReport recall, ScoreReport scores, List<Ablation> ablation) {

  /** Of a bundle without results. */
  public static final BundleEvaluation NONE = new BundleEvaluation(null, null, List.of());

  /** Copies the list. */
  public BundleEvaluation {
    ablation = ablation == null ? List.of() : List.copyOf(ablation);
  }
}
