package io.deixis.grounding;

/**
 * One image and what to look for in it.
 *
 * @param image the bytes of an encoded image (JPEG, PNG, WebP, GIF, BMP, TIFF); not copied, so not
 *     to be changed afterwards
 * @param query what to look for
 * @param options how to answer
 * @param context what else came with the request
 */
public record GroundingRequest(
    byte[] image, Query query, GroundingOptions options, RequestContext context) {

  /** Creates a request that comes with nothing else. */
  public GroundingRequest(byte[] image, Query query, GroundingOptions options) {
    this(image, query, options, RequestContext.NONE);
  }

  /** Returns this request in another context. */
  public GroundingRequest in(RequestContext other) {
    return new GroundingRequest(image, query, options, other);
  }

  /** Returns this request with another threshold. */
  GroundingRequest at(Threshold threshold) {
    GroundingOptions other = new GroundingOptions(threshold, options.top(), options.nms());
    return new GroundingRequest(image, query, other, context);
  }
}
