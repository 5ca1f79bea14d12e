package dev.kedge.models.torch;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What the bits of libtorch's results depend on beside the number of threads. */
public final class TorchProfile {
  private TorchProfile() {}

  /** Library version and the processor's vector instructions, by name. */
  public static Map<String, String> values() {
    LibTorch.start();
    return new TreeMap<>(
        Map.of("libtorch", Engine.getEngine("PyTorch").getVersion(), "vectors", vectors()));
  }

  private static String vectors() {
    Path description = Path.of("/proc/cpuinfo");
    try {
      String flags = Files.exists(description) ? Files.readString(description) : "";
      if (flags.contains("avx512f")) {
        return "avx512";
      }
      return flags.contains("avx2") ? "avx2" : "default";
    } catch (IOException e) {
      return "default";
    }
  }
}
