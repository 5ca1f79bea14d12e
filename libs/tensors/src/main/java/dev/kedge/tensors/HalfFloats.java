package dev.kedge.tensors;

/**
 * The two 16-bit floating-point formats, converted from and to {@code float}.
 *
 * <p>Widening is exact. Narrowing rounds to nearest, ties to even (IEEE 754 default), keeps the
 * sign of zero, goes to infinity beyond the largest finite value, and keeps NaN a NaN.
 */
public final class HalfFloats {
  private static final int FLOAT_INFINITY = 0x7F80_0000;

  /** Distance of the exponent biases of float (127) and binary16 (15). */
  private static final int F16_BIAS = 112;

  /** The smallest float that is a normal binary16 number: 2^-14. */
  private static final int F16_SMALLEST_NORMAL = 0x3880_0000;

  /** 65520, half-way between the largest binary16 number and the next power of two. */
  private static final int F16_OVERFLOW = 0x477F_F000;

  /** Binary16 subnormals are whole multiples of 2^-24. */
  private static final float F16_SUBNORMAL_UNITS = 0x1p24f;

  private HalfFloats() {}

  /** The value of a bfloat16 given by its bits. */
  public static float fromBf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The bits of the bfloat16 nearest to {@code value}. */
  public static short toBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short)
          ((bits >>> 16) | 0x40); // the top payload bit survives, so this is never infinity
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The value of a binary16 given by its bits. */
  public static float fromF16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1F;
    int mantissa = bits & 0x3FF;
    int magnitude =
        switch (exponent) {
          case 0 -> Float.floatToRawIntBits(mantissa / F16_SUBNORMAL_UNITS);
          case 31 -> FLOAT_INFINITY | (mantissa << 13);
          default -> ((exponent + F16_BIAS) << 23) | (mantissa << 13);
        };
    return Float.intBitsToFloat(sign | magnitude);
  }

  /** The bits of the binary16 nearest to {@code value}. */
  public static short toF16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    return (short) (sign | f16Magnitude(bits & 0x7FFF_FFFF));
  }

  private static int f16Magnitude(int bits) {
    if (bits > FLOAT_INFINITY) {
      return 0x7E00 | ((bits >>> 13) & 0x3FF);
    }
    if (bits >= F16_OVERFLOW) {
      return 0x7C00;
    }
    if (bits < F16_SMALLEST_NORMAL) {
      return (int) Math.rint(Float.intBitsToFloat(bits) * F16_SUBNORMAL_UNITS);
    }
    return (bits - (F16_BIAS << 23) + 0xFFF + ((bits >>> 13) & 1)) >>> 13;
  }
}
