package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.PauseExperimentRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge pause}. */
@Command(
    name = "pause",
    description = {
      "Sets an experiment aside, for example to free its GPU, until `kedge resume`.",
      "No stage begins. Those at work stop within a batch and keep their progress: they show RUNNING"
          + " until they have stopped, then WAITING. `kedge watch` ends when all have.",
      "Parked stages stay parked. They can be retried and skipped meanwhile; what is retried begins"
          + " once the experiment is resumed.",
      "A stage that another experiment wants as well goes on for it."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kedge pause EXPERIMENT", "  kedge list --state PAUSED"})
final class PauseCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String name;

  @Override
  int run(Gateway gateway) {
    Experiment experiment =
        gateway
            .experiments()
            .pauseExperiment(
                PauseExperimentRequest.newBuilder().setName(gateway.experiment(name)).build());
    return answer(
        experiment,
        "%s%n  %s".formatted(ExperimentView.now(experiment), ExperimentView.next(experiment)));
  }
}
