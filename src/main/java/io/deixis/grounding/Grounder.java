package io.deixis.grounding;

/** Finds in an image the boxes that phrases mean. Implementations are thread-safe. */
public interface Grounder {

  /**
   * Grounds every phrase of the request's query in its image.
   *
   * @return one entry for each phrase, in the order of the query
   * @throws GroundingException if the request cannot be answered; its reason tells why
   */
  GroundingAnswer ground(GroundingRequest request);

  /**
   * Describes the model that answers.
   *
   * @throws GroundingException with reason {@code NOT_READY} or {@code WORKER_UNAVAILABLE} while
   *     there is none
   */
  ModelDescription model();

  /**
   * Checks that requests are answered as they should, for probes.
   *
   * @throws GroundingException as {@link #model()}; also with reason {@code NOT_READY} if the model
   *     is no longer the one that its files hold
   */
  default void checkReady() {
    model();
  }

  /**
   * Tells everything that is known of the model that answers.
   *
   * @throws GroundingException as {@link #model()}
   */
  default ModelProfile profile() {
    return ModelProfile.of(model());
  }
}
