package dev.kedge.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads one well-formed safetensors file from the test resources. */
final class GoldenTensors {
  private final ByteBuffer data;
  private final JsonNode header;

  GoldenTensors(String resource) {
    ByteBuffer file = ByteBuffer.wrap(bytes(resource)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[Math.toIntExact(file.getLong())];
    file.get(json);
    try {
      header = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    data = file.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] bytes(String resource) {
    try (InputStream in = GoldenTensors.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytesOf(String tensor) {
    ByteBuffer slice = slice(tensor);
    byte[] bytes = new byte[slice.remaining()];
    slice.get(bytes);
    return bytes;
  }

  float[] floatsOf(String tensor) {
    ByteBuffer slice = slice(tensor).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[slice.remaining() / Float.BYTES];
    slice.asFloatBuffer().get(floats);
    return floats;
  }

  private ByteBuffer slice(String tensor) {
    JsonNode offsets = header.path(tensor).path("data_offsets");
    int start = offsets.path(0).asInt();
    return data.slice(start, offsets.path(1).asInt() - start);
  }
}
