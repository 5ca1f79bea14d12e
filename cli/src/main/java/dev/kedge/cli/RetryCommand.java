package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.RetryStageRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge retry}. */
@Command(
    name = "retry",
    description = {
      "Runs a parked, skipped or cancelled stage again, alone, also with changed parameters.",
      "Everything upstream is kept; what depends on the stage follows.",
      "In a paused experiment it begins once that is resumed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge retry EXPERIMENT train-l2-seed0",
      "  kedge retry EXPERIMENT train-l2-seed0 --set optimisation.batch_size=32"
    })
final class RetryCommand extends GatewayCommand {
  @Parameters(index = "0", paramLabel = "EXPERIMENT", description = "Its title or id.")
  private String experiment;

  @Parameters(index = "1", paramLabel = "STAGE", description = "The stage's id.")
  private String stage;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Changes a parameter of the stage, in JSON; may be repeated. Paths are the stage's own, not"
              + " the file's: `kedge get EXPERIMENT --stage STAGE` shows them.")
  private Map<String, String> changes = new LinkedHashMap<>();

  @Override
  int run(Gateway gateway) {
    Experiment answer =
        gateway
            .experiments()
            .retryStage(
                RetryStageRequest.newBuilder()
                    .setName(gateway.stage(experiment, stage))
                    .putAllChanges(changes)
                    .build());
    return answer(answer, "retrying %s%n  %s".formatted(stage, ExperimentView.next(answer)));
  }
}
