package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ResumeExperimentRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on with a paused experiment.",
      "Its stages go on from where they were; the result is the same as without the pause.",
      "A cancelled experiment goes on by `kedge retry`."
    },
    footerHeading = "%nExample:%n",
    footer = "  kedge resume EXPERIMENT")
final class ResumeCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String name;

  @Override
  int run(Gateway gateway) {
    Experiment experiment =
        gateway
            .experiments()
            .resumeExperiment(
                ResumeExperimentRequest.newBuilder().setName(gateway.experiment(name)).build());
    return answer(
        experiment,
        "%s%n  %s".formatted(ExperimentView.now(experiment), ExperimentView.next(experiment)));
  }
}
