package dev.kedge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge watch}. */
@Command(
    name = "watch",
    description = {
      "Shows the progress of each stage until the experiment ends, waits for people or is paused.",
      "Ctrl-C stops the watching, not the experiment. A gateway that restarts is found again."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kedge watch EXPERIMENT", "  kedge watch EXPERIMENT --json | jq .progress"})
final class WatchCommand extends FollowCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String experiment;

  @Override
  int run(Gateway gateway) throws InterruptedException {
    return follow(gateway, experiment);
  }
}
