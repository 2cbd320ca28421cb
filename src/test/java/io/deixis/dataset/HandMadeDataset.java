package io.deixis.dataset;

import io.deixis.dataset.format.Flickr30kEntities;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The two hand-made images of the test resources; its split is called {@code test}. */
public final class HandMadeDataset {

  private HandMadeDataset() {}

  /** Opens it. */
  public static Flickr30kEntities open() {
    try {
      return Flickr30kEntities.open(Path.of(HandMadeDataset.class.getResource("handmade").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
