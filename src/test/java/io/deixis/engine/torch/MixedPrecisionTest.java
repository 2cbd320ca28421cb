package io.deixis.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(TorchExtension.class)
@EnabledOnOs({OS.LINUX, OS.MAC})
class MixedPrecisionTest {

  private static MixedPrecision of(Precision precision) {
    return MixedPrecision.of(precision, Device.cpu());
  }

  private static NDArray product(NDManager manager) {
    NDArray matrix = manager.ones(new Shape(8, 8));
    return matrix.matMul(matrix);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, FLOAT32", "FLOAT16, FLOAT16", "BFLOAT16, UNKNOWN"}) // to DJL
  void productsAreOfThePrecision(Precision precision, DataType type, NDManager manager) {
    NDArray product = of(precision).run(() -> product(manager));

    assertThat(product.getDataType()).isEqualTo(type);
    assertThat(product.toType(DataType.FLOAT32, false).toFloatArray()).containsOnly(8f);
  }

  @Test
  void laterWorkIsInSinglePrecisionAgain(NDManager manager) {
    MixedPrecision half = of(Precision.FLOAT16);
    half.run(() -> product(manager));
    assertThatThrownBy(
            () ->
                half.run(
                    () -> {
                      throw new IllegalStateException("a pass that fails");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(product(manager).getDataType()).isEqualTo(DataType.FLOAT32);
  }

  @Test
  void otherThreadsAreNotTouched(NDManager manager) {
    DataType elsewhere =
        of(Precision.FLOAT16)
            .run(() -> CompletableFuture.supplyAsync(() -> product(manager).getDataType()).join());

    assertThat(elsewhere).isEqualTo(DataType.FLOAT32);
  }
}
