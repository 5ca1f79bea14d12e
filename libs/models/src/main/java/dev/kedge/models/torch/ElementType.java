package dev.kedge.models.torch;

/**
 * Element types of tensors made and read in Java.
 *
 * <p>BF16 is missing on purpose: DJL's JNI layer ends the JVM when it meets one. Files in BF16 are
 * widened to {@link #F32} while they are read.
 */
public enum ElementType {
  F32(0, Float.BYTES),
  F64(1, Double.BYTES),
  U8(3, 1),
  I32(4, Integer.BYTES),
  I64(6, Long.BYTES);

  private final int code;
  private final int bytes;

  ElementType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The ordinal of the type in DJL's native layer. */
  int code() {
    return code;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  static ElementType of(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("element type " + code + " cannot be read in Java");
  }
}
