package io.deixis.answers;

import io.deixis.grounding.GroundingRequest;

/**
 * A format that this process cannot write, since it needs the photo's pixels: the request is handed
 * on to one that grounds and writes as well.
 */
public interface ForwardedWriter extends AnswerWriter {

  /**
   * Returns the document that answers a request.
   *
   * @throws io.deixis.grounding.GroundingException as {@link io.deixis.grounding.Grounder#ground}
   */
  byte[] forward(GroundingRequest request);
}
