package io.deixis.engine.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the engine on one thread of the CPU and hands an {@link NDManager} to each test that takes
 * one; it is closed after the test.
 */
public final class TorchExtension implements ParameterResolver {

  private record Resource(NDManager manager) implements AutoCloseable {
    @Override
    public void close() {
      manager.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == NDManager.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(Namespace.create(TorchExtension.class))
        .getOrComputeIfAbsent(Resource.class, type -> start(), Resource.class)
        .manager();
  }

  private static Resource start() {
    TorchEngine.start(1);
    return new Resource(NDManager.newBaseManager(Device.cpu(), TorchEngine.NAME));
  }
}
