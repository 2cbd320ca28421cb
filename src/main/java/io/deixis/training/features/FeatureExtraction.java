package io.deixis.training.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.deixis.dataset.GroundingDataset;
import io.deixis.engine.backbone.BackboneOutput;
import io.deixis.engine.backbone.ImageTensor;
import io.deixis.engine.backbone.VisualBackbone;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.region.Candidates;
import io.deixis.engine.region.RegionFeatures;
import io.deixis.engine.region.RegionWeights;
import io.deixis.runlog.TrainingListener;
import io.deixis.training.images.Augmentation;
import io.deixis.training.images.ImagePrefetch;
import io.deixis.training.work.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the frozen backbone over a data set once, so that the head can be trained on what it gives.
 * Each image is seen as it is and, if asked, in a second view: mirrored, cropped, in other light.
 */
public final class FeatureExtraction {

  private static final String SECOND = "-second";

  private final GroundingDataset data;
  private final VisualBackbone backbone;
  private final RegionFeatures regions;
  private final TrainingListener listener;

  /** Prepares an extraction. */
  public FeatureExtraction(
      GroundingDataset data, VisualBackbone backbone, TrainingListener listener) {
    this.data = data;
    this.backbone = backbone;
    this.regions = new RegionFeatures(backbone.spec());
    this.listener = listener;
  }

  /** Returns the cache's key of an image, seen as it is or in its second view. */
  public static String key(String id, boolean second) {
    return second ? id + SECOND : id;
  }

  /**
   * Fits the projection of each part of the regions' appearance on all candidates of images.
   *
   * @return means and bases by the names of {@link RegionFeatures#shapes}
   */
  public Map<String, float[]> fitProjection(List<String> ids) {
    List<PrincipalComponents> parts =
        regions.appearanceSizes().stream()
            .map(size -> new PrincipalComponents(backbone.manager(), size))
            .toList();
    try (ImagePrefetch images = new ImagePrefetch(data, ids)) {
      for (int done = 1; images.hasNext(); done++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          BackboneOutput maps = backbone.forward(pixels(images.next()), false).image(0);
          List<NDArray> appearance = regions.appearance(maps, Candidates.of(maps).boxes());
          for (int part = 0; part < parts.size(); part++) {
            parts.get(part).add(appearance.get(part));
          }
        }
        listener.onStep(new TrainingListener.Progress("projection", done, ids.size(), Map.of()));
      }
      Map<String, float[]> weights = new LinkedHashMap<>();
      for (int part = 0; part < parts.size(); part++) {
        PrincipalComponents.Fit fit =
            parts.get(part).fit(backbone.spec().regions().get(part).projection());
        weights.put(RegionWeights.mean(part), fit.mean());
        weights.put(RegionWeights.basis(part), fit.basis());
      }
      return weights;
    } finally {
      parts.forEach(PrincipalComponents::close);
    }
  }

  /** Returns the cache's keys of images, in the order in which {@link #run} writes them. */
  public static List<String> keys(List<String> ids, boolean twice) {
    List<String> keys = new ArrayList<>();
    for (String id : ids) {
      keys.add(key(id, false));
      if (twice) {
        keys.add(key(id, true));
      }
    }
    return keys;
  }

  /**
   * Writes the features of images; goes on where an extraction of the same that was stopped, even
   * killed, left off.
   *
   * @param ids which images
   * @param twice whether to write each image's second view too
   * @param weights what regions are described by, by the names of {@link RegionFeatures#shapes}
   * @param fingerprint tells what the features were made with
   * @param directory where the cache goes
   */
  public void run(
      List<String> ids,
      boolean twice,
      Map<String, float[]> weights,
      String fingerprint,
      Path directory) {
    int views = twice ? 2 : 1;
    try (NDManager manager = backbone.manager().newSubManager();
        FeatureCache.Writer writer =
            new FeatureCache.Writer(directory, fingerprint, keys(ids, twice))) {
      RegionWeights described =
          RegionWeights.of(regions, (name, shape) -> manager.create(weights.get(name), shape));
      int done = writer.done() / views;
      try (ImagePrefetch images = new ImagePrefetch(data, ids.subList(done, ids.size()))) {
        while (done < ids.size()) {
          write(ids.get(done), images.next(), views, described, writer);
          done++;
          listener.onStep(new TrainingListener.Progress("features", done, ids.size(), Map.of()));
        }
      }
      writer.finish();
    } catch (IOException e) {
      throw TrainingException.storage(directory, e);
    }
  }

  private NDArray pixels(UprightImage image) {
    return ImageTensor.of(backbone.manager(), image, backbone.spec().input());
  }

  private void write(
      String id, UprightImage image, int views, RegionWeights described, FeatureCache.Writer writer)
      throws IOException {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (int view = 0; view < views; view++) {
        NDArray seen =
            view == 0
                ? pixels(image)
                : Augmentation.ofSecondView(id)
                    .apply(backbone.manager(), image, backbone.spec().input());
        BackboneOutput maps = backbone.forward(seen, false).image(0);
        Candidates candidates = Candidates.of(maps);
        NDArray features = regions.describe(seen.get(0), maps, candidates, described);
        ByteBuffer half = features.toType(DataType.FLOAT16, false).toByteBuffer();
        writer.add(candidates.boxes().toFloatArray(), half);
      }
    }
  }
}
