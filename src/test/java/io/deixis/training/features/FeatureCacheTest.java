package io.deixis.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.training.monitor.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureCacheTest {

  private static final int CANDIDATES = 3;
  private static final int SIZE = 2;

  @TempDir private Path parent;

  /** Boxes and features of a record that tell which one it is. */
  private static float[] boxes(int record) {
    float[] boxes = new float[CANDIDATES * 4];
    for (int i = 0; i < boxes.length; i++) {
      boxes[i] = record + i / 100f;
    }
    return boxes;
  }

  private static ByteBuffer features(int record) {
    ByteBuffer features = ByteBuffer.allocate(CANDIDATES * SIZE * Short.BYTES);
    features.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < CANDIDATES * SIZE; i++) {
      features.putShort((short) (record * 10 + i));
    }
    return features.flip();
  }

  private Path write(int records) throws IOException {
    Path directory = parent.resolve("features");
    try (FeatureCache.Writer writer = new FeatureCache.Writer(directory, "of this backbone")) {
      for (int record = 0; record < records; record++) {
        writer.add("image" + record, boxes(record), features(record));
      }
      writer.finish();
    }
    return directory;
  }

  private static short[] read(FeatureCache cache, String key, int... rows) {
    ByteBuffer target =
        ByteBuffer.allocate(rows.length * SIZE * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    cache.features(key, rows, target);
    short[] values = new short[rows.length * SIZE];
    target.flip().asShortBuffer().get(values);
    return values;
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    FeatureCache cache = FeatureCache.open(write(3), "of this backbone");

    assertThat(cache.header().keys()).containsExactly("image0", "image1", "image2");
    assertThat(cache.header().candidates()).isEqualTo(CANDIDATES);
    assertThat(cache.header().featureSize()).isEqualTo(SIZE);
    assertThat(cache.boxes("image2")).containsExactly(boxes(2));
    assertThat(read(cache, "image1", 2, 0)).containsExactly((short) 14, 15, 10, 11);
  }

  @Test
  void goesOnInAnotherFile() throws IOException {
    FeatureCache cache = FeatureCache.open(write(1030), "of this backbone");

    for (int record : new int[] {0, 1023, 1024, 1029}) {
      assertThat(cache.boxes("image" + record)).containsExactly(boxes(record));
      assertThat(read(cache, "image" + record, 1)[0]).isEqualTo((short) (record * 10 + 2));
    }
  }

  @Test
  void knowsNoOtherImage() throws IOException {
    FeatureCache cache = FeatureCache.open(write(1), "of this backbone");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.boxes("image7"))
        .withMessageContaining("image7");
  }

  @Test
  void isCompleteForItsOwnKeysAlone() throws IOException {
    Path directory = write(2);
    List<String> keys = List.of("image0", "image1");

    assertThat(FeatureCache.isComplete(directory, "of this backbone", keys)).isTrue();
    assertThat(FeatureCache.isComplete(directory, "of another", keys)).isFalse();
    assertThat(FeatureCache.isComplete(directory, "of this backbone", List.of("image0"))).isFalse();
    assertThat(FeatureCache.isComplete(parent, "of this backbone", keys)).isFalse();
  }

  @Test
  void refusesFeaturesOfAnotherBackbone() throws IOException {
    Path directory = write(1);

    assertThatThrownBy(() -> FeatureCache.open(directory, "of another"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another backbone")
        .hasMessageContaining("delete that folder");
  }

  @Test
  void halfACacheIsNone() throws IOException {
    Path directory = write(2);
    try (FeatureCache.Writer writer = new FeatureCache.Writer(directory, "of this backbone")) {
      writer.add("image0", boxes(0), features(0));
    }

    assertThat(FeatureCache.isComplete(directory, "of this backbone", List.of("image0", "image1")))
        .isFalse();
    assertThatThrownBy(() -> FeatureCache.open(directory, "of this backbone"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void refusesARecordOfAnotherSize() throws IOException {
    try (FeatureCache.Writer writer = new FeatureCache.Writer(parent.resolve("features"), "x")) {
      writer.add("first", boxes(0), features(0));
      ByteBuffer tooFew = features(0).limit(4);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.add("a", boxes(0), tooFew))
          .withMessageContaining("a");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.add("a", new float[4], features(0)));
    }
  }
}
