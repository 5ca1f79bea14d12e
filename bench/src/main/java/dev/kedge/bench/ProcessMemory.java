package dev.kedge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of this process's memory. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** Bytes in use now. */
  static long now() throws IOException {
    return bytes("VmRSS:");
  }

  /** Most bytes that were ever in use at once. */
  static long peak() throws IOException {
    return bytes("VmHWM:");
  }

  private static long bytes(String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }
}
