package io.deixis.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TorchExtension.class)
class TorchEngineTest {

  private final TorchEngine engine = TorchEngine.start(1);

  @Test
  void probeNamesEngineAndVersion() {
    EngineProbe probe = EngineProbe.run();

    assertThat(probe.name()).isEqualTo("PyTorch");
    assertThat(probe.version()).isEqualTo(engine.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(probe.gpuCount()).isEqualTo(engine.gpuCount());
  }

  @Test
  void theCpuIsAlwaysThere() {
    assertThat(engine.device("cpu")).isEqualTo(Device.cpu());
  }

  @Test
  void autoIsAGpuWhereThereIsOne() {
    assertThat(engine.device("auto"))
        .isEqualTo(engine.gpuCount() == 0 ? Device.cpu() : Device.gpu(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cuda", "gpu-1", "gpu 0", "CPU", "gpu99999999999"})
  void refusesAnUnknownDevice(String name) {
    assertThatThrownBy(() -> engine.device(name))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("auto, cpu, gpu or gpuN");
  }

  @Test
  void refusesAGpuThatIsNotThere() {
    assertThatThrownBy(() -> engine.device("gpu99"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("There is no device gpu99")
        .hasMessageContaining("use cpu");
  }

  @Test
  void theSameSeedDrawsTheSameNumbers(NDManager manager) {
    engine.seed(5);
    float[] first = manager.randomNormal(new Shape(20)).toFloatArray();
    float[] second = manager.randomNormal(new Shape(20)).toFloatArray();
    engine.seed(5);

    assertThat(manager.randomNormal(new Shape(20)).toFloatArray()).isEqualTo(first);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void aThreadThatStartsTheEngineSumsAsOthersDo(NDManager manager) throws InterruptedException {
    NDArray left = manager.randomNormal(new Shape(10, 384));
    NDArray right = manager.randomNormal(new Shape(384, 16));
    TorchEngine.start(1).threads();
    float[] expected = left.matMul(right).toFloatArray();
    AtomicReference<float[]> product = new AtomicReference<>();

    Thread fresh =
        new Thread(
            () -> {
              TorchEngine.start(0);
              product.set(left.matMul(right).toFloatArray());
            });
    fresh.start();
    fresh.join();

    assertThat(product.get()).containsExactly(expected);
  }
}
