package dev.kedge.tensors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what is written. */
final class MemorySink implements TensorSink {
  private final Map<String, ByteArrayOutputStream> tensors = new TreeMap<>();

  @Override
  public void write(String tensor, ByteBuffer bytes) {
    byte[] part = new byte[bytes.remaining()];
    bytes.get(part);
    tensors.computeIfAbsent(tensor, any -> new ByteArrayOutputStream()).writeBytes(part);
  }

  ByteBuffer bytes(String tensor) {
    return ByteBuffer.wrap(tensors.get(tensor).toByteArray());
  }
}
