package dev.kedge.standalone;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The program behind {@code kedge up} and {@code kedge demo}. */
@QuarkusMain
@Command(
    name = "kedge",
    description = "Runs all of Kedge in one process.",
    subcommands = {UpCommand.class, DemoCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Standalone {
  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  boolean help;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String... args) {
    // Numbers are written as programs and papers write them, whatever the country.
    Locale.setDefault(Locale.ROOT);
    System.exit(
        new CommandLine(new Standalone())
            .setExecutionExceptionHandler(Standalone::report)
            .setUsageHelpAutoWidth(true)
            .execute(args));
  }

  private static int report(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println("kedge: " + failure.getMessage());
    return 1;
  }
}
