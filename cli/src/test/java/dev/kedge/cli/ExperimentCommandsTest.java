package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.SkipStageRequest;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import dev.kedge.v1.StageLog;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentRequest;
import dev.kedge.v1.WatchExperimentResponse;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandsTest extends CommandLineFixture {
  @TempDir Path folder;
  private String file;

  @BeforeEach
  void anExperimentAndItsFile() throws IOException {
    file =
        Files.writeString(
                folder.resolve("photo.yaml"),
                "base: models/clip\nmethods:\n  - {id: full, full: {}}\n")
            .toString();
    gateway.experiment = experiment(Experiment.State.RUNNING, Stage.State.RUNNING);
  }

  @Test
  void launchSendsTheFileAndTellsHowToFollow() {
    assertThat(kedge("launch", file, "--set", "training.epochs=2", "--project", "p")).isZero();

    assertThat(out()).isEqualTo("launched e1\n  kedge watch e1\n");
    LaunchExperimentRequest asked = asked(LaunchExperimentRequest.class);
    assertThat(asked.getParent()).isEqualTo("projects/p");
    assertThat(asked.getDisplayName()).isEqualTo("photo");
    assertThat(asked.getSpec().getTraining().getEpochs()).isEqualTo(2);
    assertThat(asked.getRequestId()).isNotEmpty();
  }

  @Test
  void whatTheGatewayFindsInTheFileIsShownWithItsLine() {
    gateway.violations =
        List.of(
            FieldViolation.newBuilder()
                .setField("methods[0].id")
                .setDescription("is taken")
                .build(),
            FieldViolation.newBuilder().setField("evaluations").setDescription("none").build());

    assertThat(kedge("launch", file)).isEqualTo(ExitCode.REFUSED);
    assertThat(err())
        .isEqualTo(
            """
            photo.yaml is not a valid experiment file:
              line 3: methods[0].id: is taken
              evaluations: none
            """);
  }

  @Test
  void aFileThatCannotBeReadIsNeverSent() throws IOException {
    Files.writeString(Path.of(file), "bse: x\n");

    assertThat(kedge("launch", file)).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("line 1: bse: unknown field; did you mean base?");
    assertThat(gateway.requests).isEmpty();
    assertThat(kedge("plan", folder.resolve("none.yaml").toString())).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err()).startsWith("no such file: ");
  }

  @Test
  void launchAndWaitShowsProgressAndEndsWithTheExperiment() {
    gateway.events.add(event(gateway.experiment));
    gateway.events.add(
        WatchExperimentResponse.newBuilder()
            .setProgress(
                StageProgress.newBuilder()
                    .setStage("train-full")
                    .setDone(3)
                    .setTotal(10)
                    .setUnit("steps")
                    .putMetrics("loss", 0.5))
            .build());
    gateway.events.add(event(experiment(Experiment.State.SUCCEEDED, Stage.State.SUCCEEDED)));

    assertThat(kedge("launch", file, "--wait")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            train-full  RUNNING
            e1  RUNNING
            train-full  3 of 10 steps  loss 0.5000
            train-full  SUCCEEDED in 7.5 s
            e1  SUCCEEDED
            kedge report e1
            """);
  }

  @Test
  void watchGoesOnFromItsCursorWhenTheGatewayRestarts() {
    gateway.events.add(event(gateway.experiment));
    gateway.events.add(event(experiment(Experiment.State.SUCCEEDED, Stage.State.SUCCEEDED)));
    gateway.breakAfter = 1;

    assertThat(kedge("watch", "e1")).isZero();
    assertThat(out())
        .contains("the gateway does not answer; looking for it")
        .containsOnlyOnce("e1  RUNNING");
    assertThat(asked(WatchExperimentRequest.class).getCursor()).isEqualTo("1");
  }

  @Test
  void watchEndsWithTheRemedyWhereAnExperimentNeedsPeople() {
    Stage parked =
        stage(Stage.State.PARKED).toBuilder()
            .setError(
                StageError.newBuilder()
                    .setReason("DATASET_EMPTY")
                    .setBlame(StageError.Blame.USER)
                    .setMessage("no pictures"))
            .build();
    gateway.events.add(
        event(
            experiment(Experiment.State.ATTENTION, Stage.State.PARKED).toBuilder()
                .setStages(0, parked)
                .build()));

    assertThat(kedge("watch", "e1")).isEqualTo(ExitCode.FAILED);
    assertThat(out())
        .endsWith(
            """
            train-full is parked (DATASET_EMPTY, an input or a parameter): no pictures
              kedge retry e1 train-full [--set PATH=VALUE]
              kedge skip e1 train-full
            """);
  }

  @Test
  void watchAsJsonPrintsOneEventOnEachLine() {
    gateway.events.add(event(experiment(Experiment.State.SUCCEEDED, Stage.State.SUCCEEDED)));

    assertThat(kedge("watch", "e1", "--json")).isZero();
    assertThat(out().lines()).hasSize(1).first().asString().startsWith("{\"cursor\":\"1\"");
  }

  @Test
  void logsShowsTheLinesOfOneStageAlone() {
    for (String stage : List.of("a", "b")) {
      gateway.events.add(
          WatchExperimentResponse.newBuilder()
              .setLog(
                  StageLog.newBuilder().setStage(stage).setLevel("INFO").setText("from " + stage))
              .build());
    }
    gateway.events.add(event(experiment(Experiment.State.SUCCEEDED, Stage.State.SUCCEEDED)));

    assertThat(kedge("logs", "e1", "b")).isZero();
    assertThat(out().lines()).hasSize(1).first().asString().endsWith("b  INFO  from b");
  }

  @Test
  void planShowsWhyEachStageRunsOrDoesNot() {
    assertThat(kedge("plan", file)).isZero();
    assertThat(asked(PlanExperimentRequest.class).getDisplayName()).isEqualTo("photo");
    assertThat(out())
        .isEqualTo(
            """
            STAGE          KIND   OUTCOME   BECAUSE
            prepare-photo  TRAIN  cached    result is intact
            train-full     TRAIN  will run  no result for 12
            2 stages: 1 cached, 1 will run
            """);
  }

  @Test
  void listReadsAllPagesUpToItsLimit() {
    assertThat(kedge("list", "--state", "running")).isZero();
    assertThat(out().lines()).hasSize(3);
    assertThat(asked(ListExperimentsRequest.class).getFilter()).isEqualTo("state = RUNNING");

    assertThat(kedge("list", "--limit", "1")).isZero();
    assertThat(out().lines()).hasSize(2);
  }

  @Test
  void getShowsTheStagesOrTheApisJson() {
    assertThat(kedge("get", "e1")).isZero();
    assertThat(out()).startsWith("e1  RUNNING  photo\n").contains("train-full  RUNNING");

    assertThat(kedge("get", "e1", "--json")).isZero();
    assertThat(out()).contains("\"name\": \"projects/default/experiments/e1\"");
  }

  @Test
  void operatorsNameExperimentAndStageShortly() {
    assertThat(kedge("retry", "e1", "train-full", "--set", "train.optimisation.epochs=3")).isZero();
    RetryStageRequest retry = asked(RetryStageRequest.class);
    assertThat(retry.getName()).isEqualTo("projects/default/experiments/e1/stages/train-full");
    assertThat(retry.getChangesMap()).containsEntry("train.optimisation.epochs", "3");

    assertThat(kedge("skip", "projects/q/experiments/e1", "train-full")).isZero();
    assertThat(asked(SkipStageRequest.class).getName())
        .isEqualTo("projects/q/experiments/e1/stages/train-full");

    assertThat(kedge("cancel", "experiments/e1")).isZero();
    assertThat(asked(CancelExperimentRequest.class).getName())
        .isEqualTo("projects/default/experiments/e1");
    assertThat(out()).isEqualTo("e1 is now RUNNING\n");
    assertThat(kedge("delete", "e1")).isZero();
  }

  @Test
  void refusalsHaveTheirExitCodesAndNoStackTrace() {
    assertThat(refused(Status.NOT_FOUND)).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(refused(Status.FAILED_PRECONDITION)).isEqualTo(ExitCode.REFUSED);
    assertThat(refused(Status.INTERNAL)).isEqualTo(ExitCode.FAILED);
    assertThat(err()).isEqualTo("because\n");
    assertThat(refused(Status.UNAVAILABLE)).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(err()).startsWith("no gateway answers at localhost:9090: start one with `kedge up`");
    assertThat(kedge("get")).isEqualTo(ExitCode.USAGE);
    assertThat(kedge("model")).isEqualTo(ExitCode.USAGE);
  }

  private int refused(Status status) {
    gateway.refusal = status.withDescription("because");
    return kedge("get", "e1");
  }

  private static WatchExperimentResponse event(Experiment experiment) {
    return WatchExperimentResponse.newBuilder().setExperiment(experiment).build();
  }

  private static Experiment experiment(Experiment.State state, Stage.State stage) {
    return Experiment.newBuilder()
        .setName("projects/default/experiments/e1")
        .setDisplayName("photo")
        .setState(state)
        .addStages(stage(stage))
        .build();
  }

  private static Stage stage(Stage.State state) {
    return Stage.newBuilder()
        .setId("train-full")
        .setState(state)
        .setComputeSeconds(state == Stage.State.SUCCEEDED ? 7.5 : 0)
        .build();
  }
}
