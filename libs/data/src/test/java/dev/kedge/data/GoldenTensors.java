package dev.kedge.data;

import dev.kedge.tensors.SafetensorsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Golden files among the test resources. */
final class GoldenTensors {
  private final Path file;

  GoldenTensors(String resource) {
    try {
      URI uri = GoldenTensors.class.getResource(resource).toURI();
      file = Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a resource without a path: " + resource, e);
    }
  }

  /** All bytes of a resource. */
  static byte[] bytes(String resource) {
    try (InputStream in = GoldenTensors.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytesOf(String tensor) {
    ByteBuffer data = data(tensor);
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    return bytes;
  }

  float[] floatsOf(String tensor) {
    ByteBuffer data = data(tensor);
    float[] floats = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(floats);
    return floats;
  }

  private ByteBuffer data(String tensor) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      return tensors.bytes(tensor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
