package dev.kedge.models.torch;

import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one way to libtorch: DJL's JNI functions by raw handle.
 *
 * <p>DJL offers no public call that runs a script's method with gradients on and with scalars among
 * its arguments, and its arrays are freed by managers that outlive a training step. Its
 * package-private {@code PyTorchLibrary} does all of it, so this class, and no other, reaches it by
 * reflection. It fails while it is initialised when one function is missing or has changed.
 */
final class LibTorch {
  private static final Object LIBRARY;
  private static final MethodHandles.Lookup LOOKUP;

  static {
    Natives.load();
    try {
      Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
      LOOKUP = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
      LIBRARY = LOOKUP.findStaticVarHandle(library, "LIB", library).get();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this DJL has no usable PyTorchLibrary: see LibTorch", e);
    }
  }

  private static final MethodHandle RUN_METHOD =
      find(
          "moduleRunMethod",
          long.class,
          long.class,
          String.class,
          long[].class,
          boolean.class,
          boolean.class);
  private static final MethodHandle DELETE_TENSOR =
      find("torchDeleteTensor", void.class, long.class);
  private static final MethodHandle DELETE_VALUE =
      find("torchDeleteIValue", void.class, long.class);
  private static final MethodHandle EMPTY =
      find(
          "torchEmpty", long.class, long[].class, int.class, int.class, int[].class, boolean.class);
  private static final MethodHandle SIZES = find("torchSizes", long[].class, long.class);
  private static final MethodHandle TYPE = find("torchDType", int.class, long.class);
  private static final MethodHandle DEVICE = find("torchDevice", int[].class, long.class);
  private static final MethodHandle TO =
      find("torchTo", long.class, long.class, int.class, int[].class);
  private static final MethodHandle CONTIGUOUS = find("torchToContiguous", long.class, long.class);
  private static final MethodHandle BUFFER =
      find("torchDirectByteBuffer", ByteBuffer.class, long.class);
  private static final MethodHandle FROM_TENSOR = find("iValueFromTensor", long.class, long.class);
  private static final MethodHandle FROM_TENSORS =
      find("iValueFromTensorList", long.class, long[].class);
  private static final MethodHandle FROM_LONG = find("iValueFromLong", long.class, long.class);
  private static final MethodHandle FROM_DOUBLE =
      find("iValueFromDouble", long.class, double.class);
  private static final MethodHandle FROM_BOOL = find("iValueFromBool", long.class, boolean.class);
  private static final MethodHandle TO_TENSOR = find("iValueToTensor", long.class, long.class);
  private static final MethodHandle TO_TENSORS =
      find("iValueToTensorList", long[].class, long.class);

  private LibTorch() {}

  /** Loads a TorchScript archive; it stays loaded for good. */
  static long load(InputStream archive) throws IOException {
    return JniUtils.loadModuleHandle(archive, ai.djl.Device.cpu(), true, false);
  }

  /**
   * Runs a script's method.
   *
   * <p>Both settings are thread-local in libtorch and differ between threads at start, so they are
   * set at every call. Scripts are interpreted as written: the profiling executor would spend the
   * first calls compiling and may reorder arithmetic.
   */
  static long run(long module, String method, long[] arguments, boolean recording) {
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(recording);
    // "Training" keeps the call out of libtorch's inference mode, whose results autograd refuses.
    return invoke(
        method, () -> (long) RUN_METHOD.invokeExact(module, method, arguments, true, false));
  }

  static void deleteTensor(long tensor) {
    invoke(
        "deleteTensor",
        () -> {
          DELETE_TENSOR.invokeExact(tensor);
          return null;
        });
  }

  static void deleteValue(long value) {
    invoke(
        "deleteValue",
        () -> {
          DELETE_VALUE.invokeExact(value);
          return null;
        });
  }

  static long empty(ElementType type, Device device, long... shape) {
    int type0 = type.code();
    int[] device0 = device.code();
    return invoke("empty", () -> (long) EMPTY.invokeExact(shape, type0, 0, device0, false));
  }

  static Device device(long tensor) {
    return Device.of(invoke("device", () -> (int[]) DEVICE.invokeExact(tensor)));
  }

  /** A tensor of the same elements on a device: another, or shared where it is there already. */
  static long to(long tensor, Device device) {
    int type0 = type(tensor).code();
    int[] device0 = device.code();
    return invoke("to", () -> (long) TO.invokeExact(tensor, type0, device0));
  }

  static long[] sizes(long tensor) {
    return invoke("sizes", () -> (long[]) SIZES.invokeExact(tensor));
  }

  static ElementType type(long tensor) {
    return ElementType.of(invoke("type", () -> (int) TYPE.invokeExact(tensor)));
  }

  static long contiguous(long tensor) {
    return invoke("contiguous", () -> (long) CONTIGUOUS.invokeExact(tensor));
  }

  /**
   * The memory of a contiguous tensor on the processor, in native order; valid as long as the
   * tensor lives.
   */
  static ByteBuffer buffer(long tensor) {
    ByteBuffer buffer = invoke("buffer", () -> (ByteBuffer) BUFFER.invokeExact(tensor));
    return buffer.order(ByteOrder.nativeOrder());
  }

  static long value(long tensor) {
    return invoke("value of tensor", () -> (long) FROM_TENSOR.invokeExact(tensor));
  }

  static long value(long[] tensors) {
    return invoke("value of tensors", () -> (long) FROM_TENSORS.invokeExact(tensors));
  }

  static long integer(long number) {
    return invoke("value of integer", () -> (long) FROM_LONG.invokeExact(number));
  }

  static long number(double number) {
    return invoke("value of number", () -> (long) FROM_DOUBLE.invokeExact(number));
  }

  static long flag(boolean flag) {
    return invoke("value of flag", () -> (long) FROM_BOOL.invokeExact(flag));
  }

  static long toTensor(long value) {
    return invoke("result tensor", () -> (long) TO_TENSOR.invokeExact(value));
  }

  static long[] toTensors(long value) {
    return invoke("result tensors", () -> (long[]) TO_TENSORS.invokeExact(value));
  }

  private interface NativeCall<T> {
    T call() throws Throwable;
  }

  private static <T> T invoke(String what, NativeCall<T> call) {
    try {
      return call.call();
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new TorchException("libtorch, " + what + ": " + e.getMessage(), e);
    }
  }

  private static MethodHandle find(String name, Class<?> result, Class<?>... arguments) {
    try {
      MethodType type = MethodType.methodType(result, arguments);
      return LOOKUP.findVirtual(LIBRARY.getClass(), name, type).bindTo(LIBRARY);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this DJL has no PyTorchLibrary." + name + ": see LibTorch", e);
    }
  }
}
