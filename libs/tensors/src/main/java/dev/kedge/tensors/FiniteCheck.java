package dev.kedge.tensors;

import java.nio.ByteBuffer;

/** Finds NaN, infinities, and values that become infinite in the type they are stored in. */
record FiniteCheck(DType dtype, int count) {
  /** As many values are looked at side by side, which processors do at once. */
  private static final int LANES = 1024;

  /** The index of the first such value among {@code values[0…count)}; −1 if all are fine. */
  int first(float[] values) {
    if (isWide() && allFinite(values)) {
      return -1;
    }
    for (int i = 0; i < count; i++) {
      if (!finite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Whether every finite float is finite as it is stored. */
  private boolean isWide() {
    return dtype == DType.F32 || dtype == DType.F64;
  }

  /** Zero times a value is 0, unless the value is NaN or infinite: then it is NaN, and stays so. */
  private boolean allFinite(float[] values) {
    float[] lanes = new float[LANES];
    float[] sums = new float[LANES];
    int whole = count / LANES * LANES;
    for (int from = 0; from < whole; from += LANES) {
      System.arraycopy(values, from, lanes, 0, LANES);
      addZeros(lanes, sums);
    }
    float sum = 0;
    for (int i = 0; i < LANES; i++) {
      sum += sums[i];
    }
    for (int i = whole; i < count; i++) {
      sum += values[i] * 0;
    }
    return sum == 0;
  }

  private static void addZeros(float[] lanes, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += lanes[i] * 0;
    }
  }

  private boolean finite(float value) {
    float[] stored = {value};
    ByteBuffer bytes = ByteBuffer.allocate(dtype.bytes());
    dtype.encode(stored, 1, bytes);
    dtype.decode(bytes.flip(), stored, 1);
    return Float.isFinite(stored[0]);
  }
}
