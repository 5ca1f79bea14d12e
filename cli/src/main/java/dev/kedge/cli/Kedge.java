package dev.kedge.cli;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program {@code kedge}. */
public final class Kedge {
  private Kedge() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // Numbers are written as programs and papers write them, whatever the country.
    Locale.setDefault(Locale.ROOT);
    // gRPC logs lost connections itself; people get one line from us instead.
    Logger.getLogger("io.grpc").setLevel(Level.OFF);
    System.exit(KedgeCommand.run(Terminal.ofProcess(StandardCharsets.UTF_8), args));
  }
}
