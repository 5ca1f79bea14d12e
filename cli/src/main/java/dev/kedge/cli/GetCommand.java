package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetExperimentRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge get}. */
@Command(
    name = "get",
    description = "Shows an experiment: its stages, what ails them, and what people did.",
    footerHeading = "%nExample:%n",
    footer = "  kedge get EXPERIMENT")
final class GetCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String name;

  @Override
  int run(Gateway gateway) {
    Experiment experiment =
        gateway
            .experiments()
            .getExperiment(
                GetExperimentRequest.newBuilder().setName(gateway.experiment(name)).build());
    return answer(experiment, ExperimentView.details(experiment));
  }
}
