package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge cancel}. */
@Command(
    name = "cancel",
    description = {
      "Stops an experiment; what is done stays.",
      "A stage that another experiment wants as well goes on for it."
    },
    footerHeading = "%nExample:%n",
    footer = "  kedge cancel EXPERIMENT")
final class CancelCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String name;

  @Override
  int run(Gateway gateway) {
    Experiment experiment =
        gateway
            .experiments()
            .cancelExperiment(
                CancelExperimentRequest.newBuilder().setName(gateway.experiment(name)).build());
    return answer(experiment, ExperimentView.now(experiment));
  }
}
