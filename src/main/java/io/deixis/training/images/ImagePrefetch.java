package io.deixis.training.images;

import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.evaluation.ReadAhead;
import java.util.List;

/** Decodes the images of a data set ahead of the network. */
public final class ImagePrefetch extends ReadAhead<UprightImage> {

  /** Starts decoding {@code ids} of {@code data}. */
  public ImagePrefetch(GroundingDataset data, List<String> ids) {
    super(data, ids, new ImageDecoder(64 << 20, 100_000_000L)::decode);
  }
}
