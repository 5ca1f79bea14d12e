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
    Natives.load();
    return new TreeMap<>(
        Map.of("libtorch", Engine.getEngine("PyTorch").getVersion(), "vectors", vectors()));
  }

  /** Whether the processor multiplies BF16 matrices by instructions of its own. */
  public static boolean hasBf16() {
    String flags = flags();
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }

  private static String vectors() {
    String flags = flags();
    if (flags.contains("avx512f")) {
      return "avx512";
    }
    return flags.contains("avx2") ? "avx2" : "default";
  }

  /** What the kernel says of the processor; empty where it does not. */
  private static String flags() {
    Path description = Path.of("/proc/cpuinfo");
    try {
      return Files.exists(description) ? Files.readString(description) : "";
    } catch (IOException e) {
      return "";
    }
  }
}
