package dev.kedge.tensors;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The golden models, under their names. */
final class Models implements Closeable {
  private final Map<String, SafetensorsFile> open = new TreeMap<>();

  private static final List<String> NAMES =
      List.of(
          "base", "v1", "v2", "v3", "bf16/base", "bf16/v1", "fisher_v1", "fisher_v2", "fisher_v3");

  Map<String, SafetensorsFile> open() throws IOException {
    for (String name : NAMES) {
      open.put(name, SafetensorsFile.open(Golden.merge(name)));
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    for (SafetensorsFile file : open.values()) {
      file.close();
    }
  }
}
