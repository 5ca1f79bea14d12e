package dev.kedge.cli;

import dev.kedge.cli.view.Json;
import dev.kedge.cli.view.PredictionTable;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.ListPredictionsResponse;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge predictions}. */
@Command(
    name = "predictions",
    description = {
      "Prints the evidence under the report: what each model said of each sample.",
      "With --json one line for each few hundred samples of a candidate on a suite."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge predictions EXPERIMENT --suite art --candidate full-seed0",
      "  kedge predictions EXPERIMENT --json | jq -r '.predictions[].sample'"
    })
final class PredictionsCommand extends GatewayCommand {
  @Parameters(paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String experiment;

  @Option(
      names = "--suite",
      paramLabel = "ID",
      defaultValue = "",
      description = "The only suite; all by default.")
  private String suite;

  @Option(
      names = "--candidate",
      paramLabel = "ID",
      defaultValue = "",
      description = "The only candidate, as `kedge report --json` names them; all by default.")
  private String candidate;

  @Override
  int run(Gateway gateway) {
    Iterator<ListPredictionsResponse> answers =
        gateway
            .experiments()
            .listPredictions(
                ListPredictionsRequest.newBuilder()
                    .setName(gateway.experiment(experiment))
                    .setSuite(suite)
                    .setCandidate(candidate)
                    .build());
    answers.forEachRemaining(some -> print(json() ? Json.line(some) : PredictionTable.of(some)));
    return ExitCode.OK;
  }
}
