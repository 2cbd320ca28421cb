package io.deixis.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deixis.training.work.TrainingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
    try (FeatureCache.Writer writer =
        new FeatureCache.Writer(directory, "of this backbone", keys(records))) {
      for (int record = 0; record < records; record++) {
        writer.add(boxes(record), features(record));
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
    try (FeatureCache.Writer writer =
        new FeatureCache.Writer(directory, "of this backbone", keys(3))) {
      writer.add(boxes(0), features(0));
    }

    assertThat(FeatureCache.isComplete(directory, "of this backbone", List.of("image0", "image1")))
        .isFalse();
    assertThatThrownBy(() -> FeatureCache.open(directory, "of this backbone"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void refusesARecordOfAnotherSize() throws IOException {
    try (FeatureCache.Writer writer =
        new FeatureCache.Writer(parent.resolve("features"), "x", List.of("first", "a"))) {
      writer.add(boxes(0), features(0));
      ByteBuffer tooFew = features(0).limit(4);

      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.add(boxes(0), tooFew))
          .withMessageContaining("a");
      assertThatIllegalArgumentException().isThrownBy(() -> writer.add(new float[4], features(0)));
    }
  }

  private static List<String> keys(int records) {
    return IntStream.range(0, records).mapToObj(record -> "image" + record).toList();
  }

  /** Writes records from where the writer stands up to {@code end}, and stops without an end. */
  private static int add(FeatureCache.Writer writer, int end) throws IOException {
    int first = writer.done();
    for (int record = first; record < end; record++) {
      writer.add(boxes(record), features(record));
    }
    return first;
  }

  @Test
  void goesOnAfterAKillWithTheSameBytes() throws IOException {
    Path whole = parent.resolve("whole");
    Path killed = parent.resolve("killed");
    try (FeatureCache.Writer writer = new FeatureCache.Writer(whole, "x", keys(1100))) {
      assertThat(add(writer, 1100)).isZero();
      writer.finish();
    }

    // Not closed, as by a kill; what was written after the last note does not count.
    add(new FeatureCache.Writer(killed, "x", keys(1100)), 70);
    FeatureCache.Writer second = new FeatureCache.Writer(killed, "x", keys(1100));
    assertThat(add(second, 1060)).isEqualTo(64);
    try (FeatureCache.Writer third = new FeatureCache.Writer(killed, "x", keys(1100))) {
      assertThat(add(third, 1100)).isEqualTo(1024);
      third.finish();
    }

    assertThat(killed.toFile().list()).containsExactlyInAnyOrder(whole.toFile().list());
    for (String file : whole.toFile().list()) {
      assertThat(killed.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void doesNotGoOnWithOtherFeaturesOrImages() throws IOException {
    Path directory = parent.resolve("features");
    add(new FeatureCache.Writer(directory, "x", keys(100)), 70);

    try (FeatureCache.Writer writer = new FeatureCache.Writer(directory, "x", keys(100))) {
      assertThat(writer.done()).isEqualTo(64);
    }
    Path progress = directory.resolve("header.json");
    byte[] noted = Files.readAllBytes(progress);
    try (FeatureCache.Writer writer = new FeatureCache.Writer(directory, "x", keys(101))) {
      assertThat(writer.done()).isZero();
    }
    add(new FeatureCache.Writer(directory, "x", keys(100)), 70);
    try (FeatureCache.Writer writer = new FeatureCache.Writer(directory, "y", keys(100))) {
      assertThat(writer.done()).isZero();
    }
    Files.write(progress, noted);
    try (FeatureCache.Writer writer = new FeatureCache.Writer(directory, "x", keys(100))) {
      assertThat(writer.done()).as("without the file that the note is about").isZero();
    }
  }

  @Test
  void joinsWhatSeveralWritersLeft() throws IOException {
    Path first = parent.resolve("first");
    Path second = parent.resolve("second");
    try (FeatureCache.Writer writer = new FeatureCache.Writer(first, "x", List.of("a"))) {
      writer.add(boxes(1), features(1));
      writer.finish();
    }
    try (FeatureCache.Writer writer = new FeatureCache.Writer(second, "x", List.of("b"))) {
      writer.add(boxes(2), features(2));
      writer.finish();
    }

    FeatureCache joined =
        FeatureCache.join(List.of(FeatureCache.open(first, "x"), FeatureCache.open(second, "x")));

    assertThat(joined.header().keys()).containsExactly("a", "b");
    assertThat(joined.boxes("a")).containsExactly(boxes(1));
    assertThat(joined.boxes("b")).containsExactly(boxes(2));
    assertThat(read(joined, "b", 1)[0]).isEqualTo((short) 22);
  }

  @Test
  void refusesAFileThatIsCutShort() throws IOException {
    Path directory = write(3);
    Path file = directory.resolve("features-0000.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));

    assertThatThrownBy(() -> FeatureCache.open(directory, "of this backbone"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void filesHaveTheSameNamesInEveryLanguage() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("fa"));
      assertThat("%d".formatted(7)).isNotEqualTo("7");
      assertThat(write(2).toFile().list())
          .containsExactlyInAnyOrder("header.json", "features-0000.bin");
    } finally {
      Locale.setDefault(before);
    }
  }
}
