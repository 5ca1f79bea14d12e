package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge get}. */
@Command(
    name = "get",
    description = {
      "Shows an experiment: its stages, what ails them, and what people did.",
      "Of one stage: its inputs and parameters, by the names that `kedge retry --set` takes, and what"
          + " its result depends on beside them."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kedge get EXPERIMENT", "  kedge get EXPERIMENT --stage train-l2-seed0"})
final class GetCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String name;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      description = "How this stage's result was made, or will be.")
  private String stage;

  @Override
  int run(Gateway gateway) {
    if (stage != null) {
      Stage found =
          gateway
              .experiments()
              .getStage(GetStageRequest.newBuilder().setName(gateway.stage(name, stage)).build());
      return answer(found, ExperimentView.origin(found));
    }
    Experiment experiment =
        gateway
            .experiments()
            .getExperiment(
                GetExperimentRequest.newBuilder().setName(gateway.experiment(name)).build());
    return answer(experiment, ExperimentView.details(experiment));
  }
}
