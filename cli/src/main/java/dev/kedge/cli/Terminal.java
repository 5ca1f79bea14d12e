package dev.kedge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
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
 * @param in what a person answers to questions
 */
public record Terminal(
    PrintStream out, PrintStream err, boolean interactive, Duration patience, InputStream in) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Where nobody answers. */
  public Terminal(PrintStream out, PrintStream err, boolean interactive, Duration patience) {
    this(out, err, interactive, patience, InputStream.nullInputStream());
  }

  /** The process's own streams. */
  public static Terminal ofProcess(Charset charset) {
    return new Terminal(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset),
        Ansi.AUTO.enabled(),
        PATIENCE,
        System.in);
  }
}
