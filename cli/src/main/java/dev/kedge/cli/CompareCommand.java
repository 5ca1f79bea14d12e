package dev.kedge.cli;

import dev.kedge.cli.view.SideBySide;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.CompareExperimentsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kedge compare}. */
@Command(
    name = "compare",
    description = {
      "Puts the answers of two experiments side by side, point by point, and says which stages differ.",
      "The differences are unpaired: for tests, put what is to be compared into one experiment."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge compare EXPERIMENT FORK",
      "  kedge compare EXPERIMENT FORK --json | jq .points"
    })
final class CompareCommand extends GatewayCommand {
  @Parameters(index = "0", paramLabel = "A", description = "An experiment's title or id.")
  private String first;

  @Parameters(index = "1", paramLabel = "B", description = "Another one's.")
  private String second;

  @Override
  int run(Gateway gateway) {
    CompareExperimentsResponse both =
        gateway
            .experiments()
            .compareExperiments(
                CompareExperimentsRequest.newBuilder()
                    .setName(gateway.experiment(first))
                    .setOther(gateway.experiment(second))
                    .build());
    return answer(both, new SideBySide(both).text());
  }
}
