package dev.kedge.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kedge completion}. */
@Command(
    name = "completion",
    description = "Prints the completion script for bash and zsh.",
    footerHeading = "%nExample:%n",
    footer = "  source <(kedge completion)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(AutoComplete.bash("kedge", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
  }
}
