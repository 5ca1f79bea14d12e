package dev.kedge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command speaks.
 *
 * @param out results
 * @param err everything else
 * @param interactive true where a person looks on: lines may be drawn over
 * @param patience how long a lost gateway is waited for while following something
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, Duration patience) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The process's own streams. */
  public static Terminal ofProcess(Charset charset) {
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        Ansi.AUTO.enabled(),
        PATIENCE);
  }
}
