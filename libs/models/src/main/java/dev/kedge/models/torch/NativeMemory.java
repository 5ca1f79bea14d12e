package dev.kedge.models.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** How much memory this process can still get, as Linux tells it. */
public final class NativeMemory {
  private static final Path MACHINE = Path.of("/proc/meminfo");
  private static final Path GROUP = Path.of("/sys/fs/cgroup");

  private NativeMemory() {}

  /** Bytes that are free on the machine and within the container's limit; empty where unknown. */
  public static OptionalLong available() {
    OptionalLong machine = ofMachine(lines(MACHINE));
    OptionalLong group =
        ofGroup(lines(GROUP.resolve("memory.max")), lines(GROUP.resolve("memory.current")));
    if (machine.isEmpty() || group.isEmpty()) {
      return machine.isPresent() ? machine : group;
    }
    return OptionalLong.of(Math.min(machine.getAsLong(), group.getAsLong()));
  }

  static OptionalLong ofMachine(List<String> meminfo) {
    return meminfo.stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst();
  }

  static OptionalLong ofGroup(List<String> limit, List<String> used) {
    if (limit.isEmpty() || used.isEmpty() || limit.get(0).equals("max")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(limit.get(0)) - Long.parseLong(used.get(0)));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
