package dev.kedge.models.torch;

import java.util.Arrays;

/** Where a tensor lives, and what computes with it. */
public enum Device {
  /** The processor and main memory. */
  CPU(0, -1),
  /** The first NVIDIA GPU that the process sees, and its memory. */
  CUDA(1, 0),
  /**
   * Nothing: tensors have a shape and a type but no elements, and reading gives zeros. Few kernels
   * run there; it is for tests of what is made, filled and read elsewhere than in main memory.
   */
  META(14, -1);

  private final int type;
  private final int index;

  Device(int type, int index) {
    this.type = type;
    this.index = index;
  }

  /** The device in DJL's native layer: the ordinal of its type in libtorch, and its index. */
  int[] code() {
    return new int[] {type, index};
  }

  static Device of(int[] code) {
    return Arrays.stream(values())
        .filter(device -> device.type == code[0])
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("device type " + code[0] + " is unknown"));
  }
}
