package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.cli.view.Json;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.SkipStageRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge skip}. */
@Command(
    name = "skip",
    description = {
      "Gives a parked stage up, and with it all that needs it.",
      "The report is made of what is left, and says so."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge skip EXPERIMENT train-l2-seed0 --dry-run",
      "  kedge skip EXPERIMENT train-l2-seed0"
    })
final class SkipCommand extends GatewayCommand {
  @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String experiment;

  @Parameters(index = "1", paramLabel = "STAGE", description = "The stage's id.")
  private String stage;

  @Option(
      names = "--dry-run",
      description = "Says what would be given up with it, and changes nothing.")
  private boolean dryRun;

  @Override
  int run(Gateway gateway) {
    String name = gateway.experiment(experiment);
    var request =
        SkipStageRequest.newBuilder().setName(gateway.stage(name, stage)).setValidateOnly(dryRun);
    if (dryRun) {
      var asked = GetExperimentRequest.newBuilder().setName(name);
      Experiment before = gateway.experiments().getExperiment(asked.build());
      Experiment foreseen = gateway.experiments().skipStage(request.build());
      print(
          json()
              ? Json.validated(foreseen)
              : "would give up:%n%s".formatted(ExperimentView.givenUp(before, foreseen)));
      return ExitCode.OK;
    }
    Experiment answer = gateway.experiments().skipStage(request.build());
    return answer(answer, "skipped %s%n  %s".formatted(stage, ExperimentView.next(answer)));
  }
}
