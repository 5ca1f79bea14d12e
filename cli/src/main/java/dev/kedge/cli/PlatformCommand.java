package dev.kedge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * The commands that run a platform. They are another program, which the launcher {@code ./kedge}
 * calls; here they are listed among the others.
 */
abstract class PlatformCommand implements Runnable {
  /** Options are for the other program to read. */
  @Unmatched String[] arguments;

  @Override
  public void run() {
    throw new UserMistakeException(
        "this program only talks to a platform: run `%s %s` with the launcher at the top of Kedge's"
                .formatted("./kedge", name())
            + " folder");
  }

  abstract String name();

  /** {@code kedge up}. */
  @Command(
      name = "up",
      description = "Starts the whole platform in one process on localhost:9090, until Ctrl-C.",
      footerHeading = "%nExamples:%n",
      footer = {"  kedge up", "  kedge up --data /srv/kedge --port 9090"})
  static final class Up extends PlatformCommand {
    @Override
    String name() {
      return "up";
    }
  }

  /** {@code kedge demo}. */
  @Command(
      name = "demo",
      description = "Runs a whole experiment in this terminal, offline, in a few minutes.",
      footerHeading = "%nExample:%n",
      footer = "  kedge demo")
  static final class Demo extends PlatformCommand {
    @Override
    String name() {
      return "demo";
    }
  }
}
