package dev.kedge.compute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The first NVIDIA GPU that this process sees, as nvidia-smi describes it.
 *
 * @param name its model, for example {@code NVIDIA H100 80GB HBM3}
 * @param driver the driver's version
 * @param memory bytes in all
 */
record GraphicsCard(String name, String driver, long memory) {
  private static final List<String> QUERY =
      List.of(
          "nvidia-smi",
          "--query-gpu=name,driver_version,memory.total",
          "--format=csv,noheader,nounits");

  /**
   * Asks nvidia-smi; empty where it is not there or does not answer.
   *
   * @param visible the value of CUDA_VISIBLE_DEVICES, empty if it is not set
   */
  static Optional<GraphicsCard> first(Optional<String> visible) {
    List<String> command = new ArrayList<>(QUERY);
    visible.map(all -> "--id=" + all.split(",", 2)[0].strip()).ifPresent(command::add);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroy();
        return Optional.empty();
      }
      try (var lines = process.inputReader()) {
        return parse(lines.readLine());
      }
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** One line of the answer: name, driver and mebibytes. */
  static Optional<GraphicsCard> parse(String line) {
    String[] fields = line == null ? new String[0] : line.split(",", -1);
    if (fields.length != 3 || !fields[2].strip().matches("[0-9]{1,9}")) {
      return Optional.empty();
    }
    long memory = Long.parseLong(fields[2].strip()) << 20;
    return Optional.of(new GraphicsCard(fields[0].strip(), fields[1].strip(), memory));
  }
}
