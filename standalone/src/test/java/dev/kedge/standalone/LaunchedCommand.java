package dev.kedge.standalone;

import dev.kedge.cli.KedgeCommand;
import dev.kedge.cli.Terminal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/**
 * The command as its launcher has it: {@code up} and {@code demo} are of this program, all others
 * of the one that talks to a platform. Nothing is run.
 */
final class LaunchedCommand {
  private final CommandLine client =
      KedgeCommand.commandLine(
          Terminal.ofProcess(StandardCharsets.UTF_8),
          server -> {
            throw new IllegalStateException("a document asks nobody");
          });
  private final Map<String, CommandLine> platform =
      new CommandLine(new Standalone()).getSubcommands();

  /** What lists them all. */
  CommandLine root() {
    return client;
  }

  /**
   * What reads a call's words.
   *
   * @param first the first of them
   */
  CommandLine reader(String first) {
    return platform.containsKey(first) ? platform.get(first).getParent() : client;
  }
}
