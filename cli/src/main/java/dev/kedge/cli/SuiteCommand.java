package dev.kedge.cli;

import dev.kedge.cli.file.SuiteDefinition;
import dev.kedge.cli.view.SuiteView;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kedge suite}. */
@Command(
    name = "suite",
    description = "Shows the tests that an experiment file can name.",
    subcommands = {SuiteCommand.ListAll.class, SuiteCommand.Show.class})
final class SuiteCommand {
  /** {@code kedge suite list}. */
  @Command(
      name = "list",
      description = "Lists them.",
      footerHeading = "%nExample:%n",
      footer = "  kedge suite list")
  static final class ListAll implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      KedgeCommand root = (KedgeCommand) spec.root().userObject();
      List<SuiteDefinition> all =
          SuiteDefinition.builtIn().stream()
              .map(name -> SuiteDefinition.find(name, Path.of("")))
              .toList();
      root.terminal().out().println(root.json() ? SuiteView.json(all) : SuiteView.table(all));
      root.terminal().out().flush();
      return ExitCode.OK;
    }
  }

  /** {@code kedge suite show}. */
  @Command(
      name = "show",
      description = {
        "Prints a suite's definition: a file to copy and to change.",
        "In an experiment file, `suite: ./my-suite.yaml` names yours."
      },
      footerHeading = "%nExample:%n",
      footer = "  kedge suite show medmcqa")
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "SUITE", description = "The suite's name.")
    private String name;

    @Override
    public Integer call() {
      KedgeCommand root = (KedgeCommand) spec.root().userObject();
      root.terminal().out().print(found().text());
      root.terminal().out().flush();
      return ExitCode.OK;
    }

    private SuiteDefinition found() {
      try {
        return SuiteDefinition.find(name, Path.of(""));
      } catch (IllegalArgumentException e) {
        throw new UserMistakeException(e.getMessage());
      }
    }
  }
}
