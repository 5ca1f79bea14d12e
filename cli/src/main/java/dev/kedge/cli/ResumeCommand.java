package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.ResumeExperimentRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge resume}. */
@Command(
    name = "resume",
    description = {
      "Goes on with a paused experiment.",
      "Its stages go on from where they were; the result is the same as without the pause.",
      "One that Kedge paused, for it had reached a limit of its file, needs a further limit to go"
          + " on; `kedge get` tells which.",
      "A cancelled experiment goes on by `kedge retry`."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge resume EXPERIMENT",
      "  kedge resume EXPERIMENT --finish-within-hours 6 --compute-hours 10"
    })
final class ResumeCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String name;

  @Option(
      names = "--finish-within-hours",
      paramLabel = "HOURS",
      description = "In how many hours from now on it is to be finished.")
  private Double finishWithinHours;

  @Option(
      names = "--compute-hours",
      paramLabel = "HOURS",
      description = "How many hours it may compute from now on, all its stages together.")
  private Double computeHours;

  @Override
  int run(Gateway gateway) {
    Experiment experiment =
        gateway
            .experiments()
            .resumeExperiment(
                ResumeExperimentRequest.newBuilder()
                    .setName(gateway.experiment(name))
                    .setLimits(limits())
                    .build());
    return answer(
        experiment,
        "%s%n  %s".formatted(ExperimentView.now(experiment), ExperimentView.next(experiment)));
  }

  private Limits limits() {
    var limits = Limits.newBuilder();
    if (finishWithinHours != null) {
      limits.setFinishWithinHours(finishWithinHours);
    }
    if (computeHours != null) {
      limits.setComputeHours(computeHours);
    }
    return limits.build();
  }
}
