package dev.kedge.cli;

import dev.kedge.v1.DeleteExperimentRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge delete}. */
@Command(
    name = "delete",
    description = "Removes the record of an ended experiment. Results that others share stay.",
    footerHeading = "%nExample:%n",
    footer = "  kedge delete EXPERIMENT")
final class DeleteCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String name;

  @Override
  int run(Gateway gateway) {
    return answer(
        gateway
            .experiments()
            .deleteExperiment(
                DeleteExperimentRequest.newBuilder().setName(gateway.experiment(name)).build()),
        "deleted " + name);
  }
}
