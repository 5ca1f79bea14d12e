package dev.kedge.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The protocol of {@code bench/pairs.py}: a JSON line when ready, then one for each {@code go};
 * anything else, or the end of its input, ends it.
 *
 * @param name of the number that is a step's seconds
 * @param step what is timed
 * @param steps steps of a round
 * @param warmUp steps before the first round
 */
record Rounds(String name, Step step, int steps, int warmUp) {
  private static final double MEBIBYTE = 1 << 20;

  /** With three steps to warm up. */
  Rounds(String name, Step step, int steps) {
    this(name, step, steps, 3);
  }

  /** What is done again and again. */
  interface Step {
    void run() throws IOException;
  }

  void whileAsked() throws IOException {
    time(warmUp);
    System.out.println("{\"ready\": true, \"java\": \"" + Runtime.version() + "\"}");
    var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); "go".equals(line); line = commands.readLine()) {
      double before = cpuSeconds();
      double seconds = time(steps);
      System.out.printf(
          "{\"%s\": %.6f, \"cpu_seconds\": %.4f, \"rss_mb\": %.1f}%n",
          name, seconds, (cpuSeconds() - before) / steps, ProcessMemory.peak() / MEBIBYTE);
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
}
