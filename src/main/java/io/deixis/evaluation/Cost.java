package io.deixis.evaluation;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.GroundingDataset;
import io.deixis.grounding.CandidateModel;
import io.deixis.grounding.ResolvedQuery;
import io.deixis.language.Phrase;
import io.deixis.metrics.ClusterBootstrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a model's answers cost, one request after the other.
 *
 * @param photos how many were timed
 * @param photoP50 the median of a photo with one phrase, decoding included, in milliseconds
 * @param photoP95 the 95th percentile of the same
 * @param phraseP50 the median of a further phrase about the same photo, in milliseconds
 * @param bytes of the bundle's files
 * @param residentMegabytes by which the process had grown when the model had answered a whole
 *     split; null where the system does not tell
 */
public record Cost(
    int photos,
    double photoP50,
    double photoP95,
    double phraseP50,
    long bytes,
    Long residentMegabytes) {

  /** Photos before the timed ones, while the virtual machine compiles. */
  private static final int WARM_UP = 5;

  private static final double NANOS = 1e6;

  /**
   * Times a model.
   *
   * @param bytes of the bundle's files
   * @param residentMegabytes by which the process had grown, or null
   * @param ids the images to time it on, at least one; the first ones are also shown to it before
   */
  public static Cost measure(
      CandidateModel model,
      GroundingDataset data,
      List<String> ids,
      long bytes,
      Long residentMegabytes) {
    for (int i = 0; i < WARM_UP; i++) {
      time(model, data, ids.get(i % ids.size()));
    }
    double[] photos = new double[ids.size()];
    double[] phrases = new double[ids.size()];
    for (int i = 0; i < ids.size(); i++) {
      double[] times = time(model, data, ids.get(i));
      photos[i] = times[0];
      phrases[i] = times[1];
    }
    Arrays.sort(photos);
    Arrays.sort(phrases);
    return new Cost(
        ids.size(),
        ClusterBootstrap.quantile(photos, 0.5),
        ClusterBootstrap.quantile(photos, 0.95),
        ClusterBootstrap.quantile(phrases, 0.5),
        bytes,
        residentMegabytes);
  }

  /** Returns the milliseconds of the photo with a phrase, and of another phrase. */
  private static double[] time(CandidateModel model, GroundingDataset data, String id) {
    AnnotatedImage image = data.read(id);
    byte[] photo = read(data, id);
    ResolvedQuery first = phrase("the largest thing in " + id); // none that a cache could know
    ResolvedQuery second = phrase("something small in " + id);
    long start = System.nanoTime();
    CandidateModel.EncodedImage encoded = model.decode(photo).encode(image.width(), image.height());
    encoded.match(first);
    long between = System.nanoTime();
    encoded.match(second);
    return new double[] {(between - start) / NANOS, (System.nanoTime() - between) / NANOS};
  }

  private static ResolvedQuery phrase(String text) {
    return new ResolvedQuery(Optional.empty(), List.of(Phrase.of(text)));
  }

  private static byte[] read(GroundingDataset data, String id) {
    try {
      return Files.readAllBytes(data.image(id));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
