package dev.kedge.cli;

import dev.kedge.cli.view.Json;
import dev.kedge.cli.view.LogView;
import dev.kedge.cli.view.WatchView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge logs}. */
@Command(
    name = "logs",
    description =
        "Prints the stages' log lines from the beginning, and follows them until the experiment"
            + " ends or waits for people. With --json each line is an object.",
    footerHeading = "%nExamples:%n",
    footer = {"  kedge logs EXPERIMENT", "  kedge logs EXPERIMENT train-full-seed0"})
final class LogsCommand extends FollowCommand {
  @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String experiment;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "STAGE",
      defaultValue = "",
      description = "The only stage to show.")
  private String stage;

  @Override
  int run(Gateway gateway) throws InterruptedException {
    WatchView view = new LogView(terminal().out(), stage, json() ? Json::line : LogView::line);
    follow(gateway, experiment, view);
    return ExitCode.OK;
  }
}
