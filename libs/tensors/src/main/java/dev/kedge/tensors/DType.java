package dev.kedge.tensors;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.ShortBuffer;

/**
 * Element types by the names that safetensors gives them. The order is that of the reference
 * library, which lays out a file's tensors by it.
 */
public enum DType {
  BOOL(1, false),
  U8(1, false),
  I8(1, false),
  I16(2, false),
  F16(2, true),
  BF16(2, true),
  I32(4, false),
  F32(4, true),
  F64(8, true),
  I64(8, false);

  private final int bytes;
  private final boolean floating;

  DType(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether elements are floating-point numbers, so that they can be averaged. */
  public boolean floating() {
    return floating;
  }

  /**
   * Reads {@code count} little-endian elements from the buffer's position into {@code to[0…count)},
   * and advances the position. Exact, except that F64 is rounded to the nearest float.
   *
   * @throws IllegalArgumentException if this type is not floating
   */
  public void decode(ByteBuffer from, float[] to, int count) {
    ByteBuffer in = take(from, count);
    switch (this) {
      case F32 -> in.asFloatBuffer().get(to, 0, count);
      case F64 -> {
        DoubleBuffer doubles = in.asDoubleBuffer();
        for (int i = 0; i < count; i++) {
          to[i] = (float) doubles.get(i);
        }
      }
      case F16 -> {
        ShortBuffer halves = in.asShortBuffer();
        for (int i = 0; i < count; i++) {
          to[i] = HalfFloats.fromF16(halves.get(i));
        }
      }
      case BF16 -> {
        ShortBuffer halves = in.asShortBuffer();
        for (int i = 0; i < count; i++) {
          to[i] = HalfFloats.fromBf16(halves.get(i));
        }
      }
      default -> throw notFloating();
    }
  }

  /**
   * Writes {@code from[0…count)} as little-endian elements at the buffer's position, each rounded
   * once to nearest even, and advances the position.
   *
   * @throws IllegalArgumentException if this type is not floating
   */
  public void encode(float[] from, int count, ByteBuffer to) {
    ByteBuffer out = take(to, count);
    switch (this) {
      case F32 -> out.asFloatBuffer().put(from, 0, count);
      case F64 -> {
        for (int i = 0; i < count; i++) {
          out.putDouble(from[i]);
        }
      }
      case F16 -> {
        for (int i = 0; i < count; i++) {
          out.putShort(HalfFloats.toF16(from[i]));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          out.putShort(HalfFloats.toBf16(from[i]));
        }
      }
      default -> throw notFloating();
    }
  }

  private ByteBuffer take(ByteBuffer buffer, int count) {
    int length = Math.multiplyExact(count, bytes);
    ByteBuffer taken = buffer.slice(buffer.position(), length).order(LITTLE_ENDIAN);
    buffer.position(buffer.position() + length);
    return taken;
  }

  private IllegalArgumentException notFloating() {
    return new IllegalArgumentException(this + " is not a floating-point type");
  }
}
