package io.deixis.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.deixis.engine.bundle.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  @TempDir private Path folder;

  private static Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "weight", Tensor.of(new long[] {2, 3}, new float[] {1, -2, 3.5f, 0, Float.MIN_VALUE, 6}));
    tensors.put("scalar", Tensor.of(new long[] {}, new float[] {7}));
    tensors.put("ids", Tensor.of(new long[] {Long.MAX_VALUE, -1}));
    tensors.put("none", Tensor.of(new long[] {0, 4}, new float[] {}));
    return tensors;
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, tensors());

    Map<String, Tensor> read = Safetensors.read(file);

    assertThat(read.keySet()).containsExactly("weight", "scalar", "ids", "none");
    tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(read.get(name).shape()).isEqualTo(tensor.shape());
              assertThat(read.get(name).floats()).isEqualTo(tensor.floats());
              assertThat(read.get(name).longs()).isEqualTo(tensor.longs());
            });
  }

  @Test
  void theSameTensorsGiveTheSameBytes() throws IOException {
    Safetensors.write(folder.resolve("a"), tensors());
    Safetensors.write(folder.resolve("b"), tensors());

    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @Test
  void writesTheLayoutOfTheFormat() throws IOException {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, Map.of("x", Tensor.of(new long[] {2}, new float[] {1, 2})));

    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    long length = content.getLong();
    byte[] header = new byte[(int) length];
    content.get(header);

    assertThat(length % 8).isZero();
    assertThat(new String(header, StandardCharsets.UTF_8).strip())
        .isEqualTo("{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}");
    assertThat(content.getFloat()).isEqualTo(1);
    assertThat(content.getFloat()).isEqualTo(2);
    assertThat(content.hasRemaining()).isFalse();
  }

  @Test
  void matricesMayBeKeptInHalfPrecision() throws IOException {
    Path file = folder.resolve("half.safetensors");
    float[] values = {1, -.1f, 65504, 1e-8f, 3.14159f, 0};
    Tensor matrix = Tensor.of(new long[] {2, 3}, values);
    Tensor vector = Tensor.of(new long[] {6}, values);

    Safetensors.write(file, Map.of("matrix", matrix.halved()));
    Tensor read = Safetensors.read(file).get("matrix");

    assertThat(vector.halved()).isSameAs(vector);
    assertThat(read.floats()).containsExactly(1, Safetensors.halved(-.1f), 65504, 0, 3.140625f, 0);
    assertThat(Safetensors.halved(-.1f)).isCloseTo(-.1f, within(1e-4f));
    Safetensors.write(folder.resolve("again"), Map.of("matrix", read));
    assertThat(folder.resolve("again")).hasSameBinaryContentAs(file);
  }

  @Test
  void skipsTheMetadata() throws IOException {
    Path file =
        file(
            "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
            4);

    assertThat(Safetensors.read(file).keySet()).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // not inside of the file
        "{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}",
        "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}",
        "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}",
        // another number of bytes than the shape has
        "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,0]}",
        // shapes that are none
        "{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":[\"two\"],\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":{\"a\":2},\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"data_offsets\":[0,8]}",
        // sizes that overflow: 2^61 numbers of 8 bytes, and 2^64 numbers
        "{\"dtype\":\"I64\",\"shape\":[2305843009213693952],\"data_offsets\":[0,0]}",
        "{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}",
        // no offsets, other types, no object
        "{\"dtype\":\"F32\",\"shape\":[2]}",
        "{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]}",
        "{\"shape\":[2],\"data_offsets\":[0,8]}",
        "7"
      })
  void refusesAHeaderThatLies(String tensor) throws IOException {
    Path file = file("{\"x\":" + tensor + "}", 8);

    assertThatIOException().isThrownBy(() -> Safetensors.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"x\"", "{", "not JSON"})
  void refusesAHeaderThatIsNoObject(String header) throws IOException {
    Path file = file(header, 8);

    assertThatIOException().isThrownBy(() -> Safetensors.read(file));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 3, Long.MAX_VALUE})
  void refusesALengthThatIsNotTheHeaders(long length) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(length).put((byte) '{').put((byte) '}');
    Path file = Files.write(folder.resolve("length"), content.array());

    assertThatIOException().isThrownBy(() -> Safetensors.read(file));
  }

  @Test
  void refusesAFileThatIsTooShort() throws IOException {
    Path file = Files.write(folder.resolve("short"), new byte[7]);

    assertThatIOException().isThrownBy(() -> Safetensors.read(file));
  }

  @Test
  void aTensorHasAsManyNumbersAsItsShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new long[] {2, 2}, new float[3]));
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(json.length).put(json);
    return Files.write(folder.resolve("file"), content.array());
  }

  @Test
  void refusesTensorsThatOverlap() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 8_000; i++) {
      header.append(i == 0 ? "" : ",");
      header.append(
          "\"%d\":{\"dtype\":\"F32\",\"shape\":[64],\"data_offsets\":[0,256]}".formatted(i));
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("overlapping.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(8 + json.length + 256)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array());

    assertThatIOException()
        .isThrownBy(() -> Safetensors.read(file))
        .withMessage("tensors that overlap");
  }
}
