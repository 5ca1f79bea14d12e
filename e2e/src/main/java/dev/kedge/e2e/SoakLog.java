package dev.kedge.e2e;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What happened, with the time since the start, for people and in a file. */
final class SoakLog {
  private final long start = System.nanoTime();
  private final PrintStream file;

  SoakLog(Path file) {
    try {
      this.file = new PrintStream(file.toFile(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("no log can be kept in " + file, e);
    }
  }

  synchronized void say(String line) {
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    String whole =
        "%02d:%02d:%02d  %s".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60, line);
    System.out.println(whole);
    file.println(whole);
    file.flush();
  }
}
