package dev.kedge.cli;

import dev.kedge.cli.view.Paint;
import java.io.Console;
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
        isWatched(),
        PATIENCE,
        System.in);
  }

  /** Colours for whoever looks on, unless they want none ({@code NO_COLOR}). */
  Paint paint() {
    return interactive ? new Paint(Ansi.AUTO) : Paint.NONE;
  }

  /** Whether input and output are a terminal's. Since Java 22 there is a console without one. */
  @SuppressWarnings("SystemConsoleNull") // both kinds of Java are asked
  private static boolean isWatched() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJava) {
      return true;
    }
  }
}
