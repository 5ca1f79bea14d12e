package dev.kedge.tensors;

import java.nio.ByteBuffer;

/** Finds NaN, infinities, and values that become infinite in the type they are stored in. */
record FiniteCheck(TensorSpec spec, Chunk chunk) {
  void check(float[] values, String recipe) throws NonFiniteTensorException {
    if (finite(largestMagnitude(values))) {
      return;
    }
    for (int i = 0; i < chunk.count(); i++) {
      if (!finite(values[i])) {
        throw new NonFiniteTensorException(recipe, spec, chunk.first() + i, values[i]);
      }
    }
  }

  /** Bits of floats without sign are ordered as their magnitudes, NaN above infinity. */
  private float largestMagnitude(float[] values) {
    int largest = 0;
    for (int i = 0; i < chunk.count(); i++) {
      largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & 0x7FFF_FFFF);
    }
    return Float.intBitsToFloat(largest);
  }

  private boolean finite(float value) {
    float[] stored = {value};
    ByteBuffer bytes = ByteBuffer.allocate(spec.dtype().bytes());
    spec.dtype().encode(stored, 1, bytes);
    spec.dtype().decode(bytes.flip(), stored, 1);
    return Float.isFinite(stored[0]);
  }
}
