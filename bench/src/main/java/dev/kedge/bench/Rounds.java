package dev.kedge.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The protocol of {@code bench/pairs.py}: a JSON line when ready, then one for each {@code go};
 * anything else, or the end of its input, ends it.
 *
 * @param name of the number that is a step's seconds
 * @param step what is timed
 * @param steps steps of a round
 */
record Rounds(String name, Step step, int steps) {
  private static final int WARM_UP = 3;

  /** What is done again and again. */
  interface Step {
    void run() throws IOException;
  }

  void whileAsked() throws IOException {
    time(WARM_UP);
    System.out.println("{\"ready\": true, \"java\": \"" + Runtime.version() + "\"}");
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); "go".equals(line); line = commands.readLine()) {
      double before = cpuSeconds();
      double seconds = time(steps);
      System.out.printf(
          "{\"%s\": %.6f, \"cpu_seconds\": %.4f, \"rss_mb\": %.1f}%n",
          name, seconds, (cpuSeconds() - before) / steps, peakRss());
    }
  }

  private double time(int count) throws IOException {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      step.run();
    }
    return (System.nanoTime() - start) / 1e9 / count;
  }

  /** What all threads of the process have computed so far, which a busy machine changes little. */
  private static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** The process's highest resident memory so far, in MB, as the kernel counts it. */
  private static double peakRss() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("the kernel does not say how much memory this process uses");
  }
}
