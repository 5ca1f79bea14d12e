package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the values of tensors go, one tensor after the other, each in parts of any size. */
public interface TensorSink {
  /** Takes the next bytes of a tensor, all that {@code bytes} has left. */
  void write(String tensor, ByteBuffer bytes) throws IOException;
}
