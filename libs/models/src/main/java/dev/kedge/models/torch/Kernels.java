package dev.kedge.models.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compute kernels: TorchScript methods called by name.
 *
 * <p>Arguments are {@link Tensor}, {@code List<Tensor>}, {@code Integer}, {@code Long}, {@code
 * Double} or {@code Boolean}. Results belong to the scope given, which also says whether the call
 * is recorded for differentiation. Kernels are stateless and shared by threads.
 */
public final class Kernels {
  private final long module;

  private Kernels(long module) {
    this.module = module;
  }

  /**
   * Loads kernels from text resources of a class, concatenated in order.
   *
   * @throws TorchException naming the line where a text is not TorchScript
   */
  public static Kernels load(Class<?> owner, String... resources) {
    StringBuilder text = new StringBuilder();
    for (String resource : resources) {
      text.append(read(owner, resource)).append('\n');
    }
    return ofText(text.toString());
  }

  /** Loads kernels from text: methods with a bare {@code self}. */
  public static Kernels ofText(String methods) {
    Natives.load();
    try {
      return new Kernels(LibTorch.load(new ByteArrayInputStream(ScriptArchive.of(methods))));
    } catch (IOException | RuntimeException e) {
      throw new TorchException("kernels do not load: " + e.getMessage(), e);
    }
  }

  private static String read(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource + " beside " + owner);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls a method that returns {@code Tensor}. */
  public Tensor tensor(Scope scope, String method, Object... arguments) {
    long result = run(scope, method, arguments);
    try {
      return scope.own(LibTorch.toTensor(result));
    } finally {
      LibTorch.deleteValue(result);
    }
  }

  /** Calls a method that returns {@code List[Tensor]}. */
  public List<Tensor> tensors(Scope scope, String method, Object... arguments) {
    long result = run(scope, method, arguments);
    try {
      List<Tensor> tensors = new ArrayList<>();
      for (long handle : LibTorch.toTensors(result)) {
        tensors.add(scope.own(handle));
      }
      return tensors;
    } finally {
      LibTorch.deleteValue(result);
    }
  }

  /** Calls a method for its effect on its arguments. */
  public void run(Scope scope, String method, List<?> arguments) {
    LibTorch.deleteValue(run(scope, method, arguments.toArray()));
  }

  private long run(Scope scope, String method, Object[] arguments) {
    long[] values = new long[arguments.length];
    int made = 0;
    try {
      for (Object argument : arguments) {
        values[made] = value(argument);
        made++;
      }
      return LibTorch.run(module, method, values, scope.isRecording());
    } finally {
      for (int i = 0; i < made; i++) {
        LibTorch.deleteValue(values[i]);
      }
    }
  }

  private static long value(Object argument) {
    if (argument instanceof Tensor tensor) {
      return LibTorch.value(here(tensor));
    } else if (argument instanceof List<?> list) {
      return LibTorch.value(list.stream().mapToLong(t -> here((Tensor) t)).toArray());
    } else if (argument instanceof Boolean flag) {
      return LibTorch.flag(flag);
    } else if (argument instanceof Double number) {
      return LibTorch.number(number);
    } else if (argument instanceof Integer || argument instanceof Long) {
      return LibTorch.integer(((Number) argument).longValue());
    }
    throw new IllegalArgumentException("kernels take no argument of " + argument.getClass());
  }

  /** The handle; where assertions are on, of what is on the thread's device and on no other. */
  private static long here(Tensor tensor) {
    assert tensor.device() == ComputeDevice.current()
        : "a tensor on %s where %s computes".formatted(tensor.device(), ComputeDevice.current());
    return tensor.handle();
  }
}
