package dev.kedge.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kedge completion}. */
@Command(
    name = "completion",
    description = "Prints the completion script of a shell.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(kedge completion)",
      "  kedge completion fish | source",
      "  kedge completion fish > ~/.config/fish/completions/kedge.fish"
    })
final class CompletionCommand implements Runnable {
  private static final String NAME = "kedge";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "BASH",
      description = "bash, the default, zsh or fish.")
  private Shell shell;

  /** What reads the script. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Override
  public void run() {
    String script =
        switch (shell) {
          // The script for bash works in zsh, too.
          case BASH, ZSH -> AutoComplete.bash(NAME, spec.root().commandLine());
          case FISH -> FishCompletion.of(NAME, spec.root());
        };
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
  }
}
