package io.deixis.grounding;

import java.util.Optional;

/**
 * One image and what to look for in it.
 *
 * @param image the bytes of an encoded image (JPEG, PNG, WebP, GIF, BMP, TIFF); not copied, so not
 *     to be changed afterwards
 * @param query what to look for
 * @param options how to answer
 * @param model the name of the model to answer; empty for the default one
 * @param context what else came with the request
 */
public record GroundingRequest(
    byte[] image,
    Query query,
    GroundingOptions options,
    Optional<String> model,
    RequestContext context) {

  /** Creates a request to the default model that comes with nothing else. */
  public GroundingRequest(byte[] image, Query query, GroundingOptions options) {
    this(image, query, options, Optional.empty(), RequestContext.NONE);
  }

  /** Returns this request to another model. */
  public GroundingRequest to(String name) {
    return new GroundingRequest(image, query, options, Optional.of(name), context);
  }

  /** Returns this request in another context. */
  public GroundingRequest in(RequestContext other) {
    return new GroundingRequest(image, query, options, model, other);
  }

  /** Returns this request about the same image with another query. */
  public GroundingRequest asking(Query other) {
    return new GroundingRequest(image, other, options, model, context);
  }

  /** Returns this request with another threshold. */
  public GroundingRequest at(Threshold threshold) {
    GroundingOptions other = new GroundingOptions(threshold, options.top(), options.nms());
    return new GroundingRequest(image, query, other, model, context);
  }
}
