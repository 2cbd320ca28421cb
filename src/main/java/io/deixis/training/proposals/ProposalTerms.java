package io.deixis.training.proposals;

import io.deixis.engine.backbone.BackboneSpec;
import io.deixis.training.loop.LossTerm;
import java.util.List;

/** The loss terms of queries; a new one is added here. */
public final class ProposalTerms {

  private ProposalTerms() {}

  /** Returns the terms of a backbone; that of objectness and entity types only if it tells them. */
  public static List<LossTerm<ProposalForward>> of(BackboneSpec backbone) {
    LossTerm<ProposalForward> box = new LossTerm<>("box", 1, new BoxLoss());
    return backbone.outputs().contains(BackboneSpec.ENTITIES)
        ? List.of(box, new LossTerm<>("entity", 1, new EntityLoss()))
        : List.of(box);
  }
}
