package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** A checkpoint whose run diverged: one float32 tensor has NaN as its element 1. */
record Spoilt(TensorSource tensors, String tensor) implements TensorSource {
  @Override
  public Map<String, TensorSpec> specs() {
    return tensors.specs();
  }

  @Override
  public void read(String name, long from, ByteBuffer into) throws IOException {
    int start = into.position();
    tensors.read(name, from, into);
    if (name.equals(tensor) && from == 0) {
      into.duplicate().order(ByteOrder.LITTLE_ENDIAN).putFloat(start + Float.BYTES, Float.NaN);
    }
  }
}
