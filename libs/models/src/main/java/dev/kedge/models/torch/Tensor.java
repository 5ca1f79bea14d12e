package dev.kedge.models.torch;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A dense tensor in native memory, owned by one {@link Scope} and freed with it.
 *
 * <p>Tensors may share memory (a view, a detached copy); reading and filling need a contiguous one.
 */
public final class Tensor {
  private final long handle;
  private boolean freed;

  Tensor(long handle) {
    this.handle = handle;
  }

  /** Copies row-major floats into a new F32 tensor. */
  public static Tensor of(Scope scope, float[] values, long... shape) {
    requireSize(values.length, shape);
    return of(scope, ElementType.F32, bytes -> bytes.asFloatBuffer().put(values), shape);
  }

  /** Copies row-major integers into a new I64 tensor. */
  public static Tensor of(Scope scope, long[] values, long... shape) {
    requireSize(values.length, shape);
    return of(scope, ElementType.I64, bytes -> bytes.asLongBuffer().put(values), shape);
  }

  /** Filled on the processor, then brought to the thread's device. */
  private static Tensor of(
      Scope scope, ElementType type, Consumer<ByteBuffer> filling, long... shape) {
    long filled = LibTorch.empty(type, Device.CPU, shape);
    filling.accept(LibTorch.buffer(filled));
    if (ComputeDevice.current() == Device.CPU) {
      return scope.own(filled);
    }
    try {
      return scope.own(LibTorch.to(filled, ComputeDevice.current()));
    } finally {
      LibTorch.deleteTensor(filled);
    }
  }

  /** Overwrites the elements of a contiguous F32 tensor, row-major. */
  public void set(float[] values) {
    requireSize(values.length, shape());
    if (device() == Device.CPU) {
      LibTorch.buffer(handle()).asFloatBuffer().put(values);
    } else {
      try (Scope scope = Scope.plain()) {
        Autograd.fill(scope, this, of(scope, values, shape()));
      }
    }
  }

  /** A tensor with undefined content. */
  public static Tensor empty(Scope scope, ElementType type, long... shape) {
    return scope.own(LibTorch.empty(type, ComputeDevice.current(), shape));
  }

  /** Number of elements of a shape; 1 for a scalar's empty shape. */
  public static long count(long... shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private static void requireSize(int size, long... shape) {
    if (size != count(shape)) {
      throw new IllegalArgumentException(
          size + " values do not fill shape " + Arrays.toString(shape));
    }
  }

  public long[] shape() {
    return LibTorch.sizes(handle());
  }

  public ElementType type() {
    return LibTorch.type(handle());
  }

  /** Where it lives. */
  public Device device() {
    return LibTorch.device(handle());
  }

  /** A copy of the elements of an F32 tensor, row-major. */
  public float[] floats() {
    return read(
        ElementType.F32,
        bytes -> {
          FloatBuffer floats = bytes.asFloatBuffer();
          float[] copy = new float[floats.remaining()];
          floats.get(copy);
          return copy;
        });
  }

  /** A copy of an F32 tensor of two dimensions, row by row. */
  public float[][] rows() {
    float[] all = floats();
    long[] shape = shape();
    float[][] rows = new float[Math.toIntExact(shape[0])][];
    int width = Math.toIntExact(shape[1]);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
    }
    return rows;
  }

  /** A copy of the elements of an I64 tensor, row-major. */
  public long[] longs() {
    return read(
        ElementType.I64,
        bytes -> {
          LongBuffer longs = bytes.asLongBuffer();
          long[] copy = new long[longs.remaining()];
          longs.get(copy);
          return copy;
        });
  }

  /** A copy of the elements' bytes, little endian, row-major. */
  public byte[] bytes() {
    return read(
        type(),
        bytes -> {
          byte[] copy = new byte[bytes.remaining()];
          bytes.get(copy);
          return copy;
        });
  }

  /** The value of an F32 tensor with one element. */
  public float number() {
    float[] values = floats();
    if (values.length != 1) {
      throw new IllegalStateException("a tensor of " + values.length + " elements is no number");
    }
    return values[0];
  }

  private <T> T read(ElementType expected, Function<ByteBuffer, T> reader) {
    if (type() != expected) {
      throw new IllegalStateException("the tensor holds " + type() + ", not " + expected);
    }
    if (device() == Device.META) {
      return reader.apply(zeros(expected));
    }
    long here = LibTorch.to(handle(), Device.CPU);
    long dense = LibTorch.contiguous(here);
    try {
      return reader.apply(LibTorch.buffer(dense));
    } finally {
      LibTorch.deleteTensor(dense);
      LibTorch.deleteTensor(here);
    }
  }

  private ByteBuffer zeros(ElementType type) {
    return ByteBuffer.allocate(Math.toIntExact(count(shape()) * type.bytes()));
  }

  long handle() {
    if (freed) {
      throw new IllegalStateException("the tensor's scope has ended");
    }
    return handle;
  }

  void free() {
    if (!freed) {
      freed = true;
      LibTorch.deleteTensor(handle);
    }
  }
}
