package io.deixis.training.joint;

import ai.djl.ndarray.NDArray;
import io.deixis.runlog.BatchSample;
import io.deixis.training.loop.Forward;
import io.deixis.training.matching.MatchingForward;
import io.deixis.training.proposals.ProposalForward;
import java.util.List;
import java.util.Map;

/**
 * The output of backbone and head for a batch.
 *
 * @param matching the head's part
 * @param proposals the backbone's
 */
record JointForward(MatchingForward matching, ProposalForward proposals) implements Forward {

  @Override
  public Map<String, NDArray> metrics() {
    return matching.metrics();
  }

  @Override
  public long pairs() {
    return matching.pairs();
  }

  @Override
  public List<BatchSample.Phrase> sample() {
    return matching.sample();
  }
}
