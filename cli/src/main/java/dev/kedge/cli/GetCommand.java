package dev.kedge.cli;

import dev.kedge.cli.view.ExperimentView;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.Stage;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge get}. */
@Command(
    name = "get",
    description = {
      "Shows an experiment: its stages, what ails them, and what people did.",
      "A stage at work says how far it is, a parked one how far it got, and its last lines.",
      "Of one stage: its inputs and parameters, by the names that `kedge retry --set` takes, and what"
          + " its result depends on beside them."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kedge get EXPERIMENT", "  kedge get EXPERIMENT --stage train-l2-seed0"})
final class GetCommand extends GatewayCommand {
  /** Stages of each state: nobody reads on. */
  private static final int MOST_TELLING = 5;

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
    return answer(
        experiment, ExperimentView.details(json() ? experiment : telling(gateway, experiment)));
  }

  /** Stages at work and parked ones tell what they said last, as far as somebody reads on. */
  private static Experiment telling(Gateway gateway, Experiment experiment) {
    Experiment.Builder telling = experiment.toBuilder();
    for (Stage.State state : List.of(Stage.State.RUNNING, Stage.State.PARKED)) {
      telling.getStagesBuilderList().stream()
          .filter(stage -> stage.getState() == state)
          .limit(MOST_TELLING)
          .forEach(stage -> tell(gateway, stage));
    }
    return telling.build();
  }

  private static void tell(Gateway gateway, Stage.Builder stage) {
    Stage told =
        gateway
            .experiments()
            .getStage(GetStageRequest.newBuilder().setName(stage.getName()).build());
    if (told.hasProgress()) {
      stage.setProgress(told.getProgress());
    }
    stage.setComputeSeconds(told.getComputeSeconds()).addAllLastLines(told.getLastLinesList());
  }
}
