package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.v1.Allowance;
import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Fork;
import dev.kedge.v1.ForkExperimentRequest;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.Limits;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.PauseCause;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.ResumeExperimentRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            e1  RUNNING
            train-full  RUNNING  3 of 10 steps  loss 0.5000
            train-full  SUCCEEDED in 7.5 s
            e1  SUCCEEDED
            kedge report e1
            """);
  }

  @Test
  void aStageThatWorkedAndWaitsAgainIsToldOnce() {
    gateway.events.add(event(gateway.experiment));
    gateway.events.add(
        WatchExperimentResponse.newBuilder()
            .setProgress(StageProgress.newBuilder().setStage("train-full").setDone(3).setTotal(10))
            .build());
    Stage again =
        stage(Stage.State.WAITING).toBuilder().setWaitsFor("waits for a worker of TRAIN").build();
    Experiment waiting =
        experiment(Experiment.State.RUNNING, Stage.State.WAITING).toBuilder()
            .setStages(0, again)
            .build();
    gateway.events.add(event(waiting));
    gateway.events.add(event(waiting));
    gateway.events.add(event(experiment(Experiment.State.SUCCEEDED, Stage.State.SUCCEEDED)));

    assertThat(kedge("watch", "e1")).isZero();

    assertThat(out())
        .containsOnlyOnce("train-full  WAITING to go on: waits for a worker of TRAIN\n");
  }

  @Test
  void watchGoesOnFromItsCursorWhenTheGatewayRestarts() {
    gateway.events.add(event(gateway.experiment));
    gateway.events.add(event(experiment(Experiment.State.SUCCEEDED, Stage.State.SUCCEEDED)));
    gateway.breakAfter = 1;
    gateway.breaks = 3;

    assertThat(kedge("watch", "e1")).isZero();
    assertThat(out())
        .containsOnlyOnce("the gateway does not answer; looking for it")
        .containsOnlyOnce("the gateway answers again")
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
        .isEqualTo(
            """
            train-full  PARKED: no pictures
            e1  ATTENTION
            train-full is parked (DATASET_EMPTY, an input or a parameter)
              kedge logs e1 train-full
              kedge retry e1 train-full [--set PATH=VALUE]
              kedge skip e1 train-full --dry-run
              kedge skip e1 train-full
            """);
  }

  @Test
  void whyAStageIsParkedIsToldOnceAndTheParameterToChangeIsNamed() {
    String why = "method.lora.targets: 'query' matches no weight that trains";
    Stage parked =
        stage(Stage.State.PARKED).toBuilder()
            .setError(StageError.newBuilder().setReason("BAD_TRAINING").setMessage(why))
            .build();
    gateway.events.add(
        WatchExperimentResponse.newBuilder()
            .setLog(
                StageLog.newBuilder()
                    .setStage("train-full")
                    .setLevel("WARNING")
                    .setText("ends without a result: " + why))
            .build());
    gateway.events.add(
        event(
            experiment(Experiment.State.ATTENTION, Stage.State.PARKED).toBuilder()
                .setStages(0, parked)
                .build()));

    assertThat(kedge("watch", "e1")).isEqualTo(ExitCode.FAILED);
    assertThat(out())
        .containsOnlyOnce(why)
        .contains("\ntrain-full  PARKED\n")
        .contains("  kedge retry e1 train-full --set method.lora.targets=VALUE\n");
    gateway.experiment = gateway.experiment.toBuilder().setStages(0, parked).build();
    assertThat(kedge("get", "e1")).isZero();
    assertThat(out()).containsOnlyOnce(why);
  }

  @Test
  void aParkedStageIsShownWithHowFarItGotAndItsLastLines() {
    Stage.Builder parked =
        stage(Stage.State.PARKED).toBuilder()
            .setName("projects/default/experiments/e1/stages/train-full")
            .setError(
                StageError.newBuilder()
                    .setReason("OUT_OF_MEMORY")
                    .setBlame(StageError.Blame.RESOURCES)
                    .setMessage("memory ran out"))
            .setProgress(
                StageProgress.newBuilder()
                    .setStage("train-full")
                    .setDone(7)
                    .setTotal(9)
                    .setUnit("steps"));
    for (int i = 1; i <= 7; i++) {
      parked.addLastLines(StageLog.newBuilder().setLevel("INFO").setText("line " + i));
    }
    parked.addLastLines(StageLog.newBuilder().setLevel("WARNING").setText("ends: memory ran out"));
    gateway.experiment = gateway.experiment.toBuilder().setStages(0, parked).build();

    for (List<String> more : List.of(List.<String>of(), List.of("--stage", "train-full"))) {
      List<String> command = new ArrayList<>(List.of("get", "e1"));
      command.addAll(more);
      assertThat(kedge(command.toArray(String[]::new))).isZero();
      assertThat(out())
          .containsSubsequence(
              "memory ran out", "got to 7 of 9 steps", "INFO  line 3", "INFO  line 7", "kedge logs")
          .containsOnlyOnce("memory ran out")
          .doesNotContain("line 2");
    }
  }

  @Test
  void aStageAtWorkIsShownWithHowFarItIsAndItsLastLines() {
    Stage.Builder running =
        stage(Stage.State.RUNNING).toBuilder()
            .setName("projects/default/experiments/e1/stages/train-full")
            .setComputeSeconds(12.5)
            .setProgress(
                StageProgress.newBuilder()
                    .setStage("train-full")
                    .setDone(7)
                    .setTotal(9)
                    .setUnit("steps"))
            .addLastLines(StageLog.newBuilder().setLevel("INFO").setText("a line"));
    gateway.experiment = gateway.experiment.toBuilder().setStages(0, running).build();

    assertThat(kedge("get", "e1")).isZero();
    assertThat(out()).containsPattern("train-full +RUNNING .* 12.5 s +7 of 9 steps\n");
    assertThat(kedge("get", "e1", "--stage", "train-full")).isZero();
    assertThat(out())
        .containsSubsequence("RUNNING", "is at 7 of 9 steps, computed 12.5 s", "INFO  a line", "{");
  }

  @Test
  void aStageThatWaitsSaysForWhat() {
    String why = "waits until 07:41:12 UTC after DISK_FULL";
    Stage waiting =
        stage(Stage.State.WAITING).toBuilder().setWaitsFor(why).addAfter("overlap").build();
    gateway.experiment = gateway.experiment.toBuilder().setStages(0, waiting).build();

    assertThat(kedge("get", "e1")).isZero();
    assertThat(out()).contains(why);
    assertThat(kedge("get", "e1", "--stage", "train-full")).isZero();
    assertThat(out()).contains("WAITING\n" + why + "\n");
  }

  @Test
  void oneStageIsShownWithWhatItIsMadeFrom() {
    gateway.experiment =
        gateway.experiment.toBuilder()
            .setStages(
                0,
                stage(Stage.State.SUCCEEDED).toBuilder()
                    .setArtifact("sha256:ab")
                    .setSpec(struct("method", "l2"))
                    .setLineage(struct("version", "0.1")))
            .build();

    assertThat(kedge("get", "e1", "--stage", "train-full")).isZero();
    assertThat(asked(GetStageRequest.class).getName())
        .isEqualTo("projects/default/experiments/e1/stages/train-full");
    assertThat(out())
        .isEqualTo(
            """
            train-full  SUCCEEDED  sha256:ab
            {
              "method": "l2"
            }
            {
              "version": "0.1"
            }
            """);
    assertThat(kedge("get", "e1", "--stage", "train-full", "--json")).isZero();
    assertThat(out()).startsWith("{").contains("\"method\": \"l2\"");
  }

  private static Struct struct(String name, String value) {
    return Struct.newBuilder()
        .putFields(name, Value.newBuilder().setStringValue(value).build())
        .build();
  }

  @Test
  void whatAnEarlierRunToldIsNotShownForAStageThatIsNotAtWork() {
    WatchExperimentResponse stale =
        WatchExperimentResponse.newBuilder()
            .setProgress(
                StageProgress.newBuilder()
                    .setStage("train-full")
                    .setDone(1)
                    .setTotal(1000)
                    .setUnit("records")
                    .putMetrics("quarantined", 0))
            .build();
    Stage cached = stage(Stage.State.SUCCEEDED).toBuilder().setCached(true).build();
    gateway.events.add(stale);
    gateway.events.add(event(gateway.experiment));
    gateway.events.add(
        event(
            experiment(Experiment.State.SUCCEEDED, Stage.State.SUCCEEDED).toBuilder()
                .setStages(0, cached)
                .build()));
    gateway.events.add(stale);

    assertThat(kedge("watch", "e1")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            e1  RUNNING
            train-full  SUCCEEDED (cached)
            e1  SUCCEEDED
            kedge report e1
            """);
  }

  @Test
  void onlyAParkedStageIsCalledParked() {
    StageError error = StageError.newBuilder().setReason("DATASET_EMPTY").setMessage("x").build();
    gateway.experiment =
        gateway.experiment.toBuilder()
            .setStages(0, stage(Stage.State.SKIPPED).toBuilder().setError(error))
            .build();

    assertThat(kedge("get", "e1")).isZero();
    assertThat(out()).contains("SKIPPED").doesNotContain("is parked");
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
    assertThat(kedge("logs", "e1", "b", "--json")).isZero();
    assertThat(out()).isEqualTo("{\"stage\":\"b\",\"level\":\"INFO\",\"text\":\"from b\"}\n");
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
            to learn: 16,500 samples in 5 trainings
            to test: 2,022 samples
            to store: at most 20 MB of checkpoints
            """);
  }

  @Test
  void listReadsAllPagesUpToItsLimit() {
    assertThat(kedge("list", "--state", "running")).isZero();
    assertThat(out().lines()).hasSize(3);
    assertThat(asked(ListExperimentsRequest.class).getFilter()).isEqualTo("state = RUNNING");

    assertThat(kedge("list", "--state", "unrecognized")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("PENDING, RUNNING, ATTENTION").doesNotContain("STATE_UNSPECIFIED");
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
    assertThat(kedge("retry", "e1", "train-full", "--set", "optimisation.epochs=3")).isZero();
    RetryStageRequest retry = asked(RetryStageRequest.class);
    assertThat(retry.getName()).isEqualTo("projects/default/experiments/e1/stages/train-full");
    assertThat(retry.getChangesMap()).containsEntry("optimisation.epochs", "3");

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
  void whatWouldGoWithAStageIsToldBeforeItIsSkipped() {
    gateway.experiment = skipped("given-up-before");
    gateway.foreseen = skipped("given-up-before", "train-full", "evaluate-full");
    assertThat(kedge("skip", "e1", "train-full", "--dry-run")).isZero();
    assertThat(asked(SkipStageRequest.class).getValidateOnly()).isTrue();
    assertThat(out()).isEqualTo("would give up:\n  train-full\n  evaluate-full\n");
    assertThat(kedge("skip", "e1", "train-full", "--dry-run", "--json")).isZero();
    assertThat(out())
        .as("a program is told that nothing was done")
        .startsWith("{\n  \"validateOnly\": true,\n  \"name\": ")
        .contains("\"SKIPPED\"");
  }

  private static Experiment skipped(String... stages) {
    var experiment =
        Experiment.newBuilder()
            .setName("projects/default/experiments/e1")
            .addStages(Stage.newBuilder().setId("train-l2").setState(Stage.State.RUNNING));
    for (String stage : stages) {
      experiment.addStages(Stage.newBuilder().setId(stage).setState(Stage.State.SKIPPED));
    }
    return experiment.build();
  }

  @Test
  void aPausedExperimentIsShownWithTheCommandThatGoesOn() {
    Experiment paused = experiment(Experiment.State.PAUSED, Stage.State.WAITING);
    gateway.experiment = paused;
    assertThat(kedge("pause", "e1")).isZero();
    assertThat(asked(PauseExperimentRequest.class).getName())
        .isEqualTo("projects/default/experiments/e1");
    assertThat(out()).isEqualTo("e1 is now PAUSED\n  kedge resume e1\n");
    assertThat(kedge("retry", "e1", "train-full")).isZero();
    assertThat(out()).isEqualTo("retrying train-full\n  kedge resume e1\n");
    assertThat(kedge("list", "--state", "paused")).isZero();
    assertThat(out()).containsPattern("e1 +photo +PAUSED");
    assertThat(asked(ListExperimentsRequest.class).getFilter()).isEqualTo("state = PAUSED");
    gateway.events.add(event(paused));
    assertThat(kedge("watch", "e1")).isEqualTo(ExitCode.FAILED);
    assertThat(out()).isEqualTo("e1  PAUSED\ne1 is paused; `kedge resume e1` goes on with it\n");

    gateway.experiment = experiment(Experiment.State.RUNNING, Stage.State.WAITING);
    assertThat(kedge("resume", "experiments/e1")).isZero();
    assertThat(asked(ResumeExperimentRequest.class).getName())
        .isEqualTo("projects/default/experiments/e1");
    assertThat(out()).isEqualTo("e1 is now RUNNING\n  kedge watch e1\n");
    assertThat(kedge("pause", "e1", "--json")).isZero();
    assertThat(out()).contains("\"state\": \"RUNNING\"");
  }

  @Test
  void aLimitThatIsReachedIsShownWithTheCommandThatGoesOn() {
    Experiment paused =
        experiment(Experiment.State.PAUSED, Stage.State.WAITING).toBuilder()
            .setStages(0, stage(Stage.State.WAITING).toBuilder().putComputed("k", 3700))
            .setAllowance(Allowance.newBuilder().setComputeSeconds(3600))
            .setPauseCause(PauseCause.newBuilder().setMessage("it has computed: `kedge resume …`"))
            .build();
    gateway.experiment = paused;
    assertThat(kedge("get", "e1")).isZero();
    assertThat(out())
        .contains("\ncomputed 1 h 1 min of 1 h 0 min\n")
        .contains("\n\ne1 is paused: it has computed: `kedge resume …`");
    gateway.events.add(event(paused));
    assertThat(kedge("watch", "e1")).isEqualTo(ExitCode.FAILED);
    assertThat(out()).isEqualTo("e1  PAUSED\ne1 is paused: it has computed: `kedge resume …`\n");
    assertThat(kedge("resume", "e1", "--compute-hours", "1.5")).isZero();
    Limits more = asked(ResumeExperimentRequest.class).getLimits();
    assertThat(more.getComputeHours()).isEqualTo(1.5);
    assertThat(more.hasFinishWithinHours()).isFalse();
  }

  @Test
  void aForkSendsItsChangesAsJson() {
    assertThat(
            kedge(
                "fork",
                "e1",
                "--set",
                "training.learning_rate=1e-5",
                "--set",
                "averages=null",
                "--set",
                "methods[1]={id: l2, l2: {lambda: [0.1, 1]}}",
                "--set",
                "base=models/a@b"))
        .isZero();

    assertThat(out()).isEqualTo("launched e1\n  kedge watch e1\n");
    ForkExperimentRequest asked = asked(ForkExperimentRequest.class);
    assertThat(asked.getName()).isEqualTo("projects/default/experiments/e1");
    assertThat(asked.getDisplayName()).isEmpty();
    assertThat(asked.getRequestId()).isNotEmpty();
    assertThat(asked.getChangesMap())
        .containsOnly(
            Map.entry("training.learning_rate", "1e-5"),
            Map.entry("averages", "null"),
            Map.entry("methods[1]", "{\"id\":\"l2\",\"l2\":{\"lambda\":[0.1,1]}}"),
            Map.entry("base", "\"models/a@b\""));
    assertThat(kedge("fork", "e1")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("changes nothing", "--set PATH=VALUE");
    assertThat(kedge("fork", "e1", "--set", "base={")).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).isEqualTo("--set base: `{` is not YAML\n");
  }

  @Test
  void anExperimentTellsWhatItWasForkedFrom() {
    gateway.experiment =
        gateway.experiment.toBuilder()
            .setFork(
                Fork.newBuilder()
                    .setExperiment("projects/default/experiments/e0")
                    .putChanges("training.epochs", "2"))
            .build();

    assertThat(kedge("get", "e1")).isZero();
    assertThat(out()).contains("forked from e0 with training.epochs=2\n");
  }

  @Test
  void aTitleThatSeveralHaveNamesNone() {
    gateway.others =
        List.of(
            gateway.experiment.toBuilder()
                .setName("projects/default/experiments/e0")
                .setState(Experiment.State.CANCELLED)
                .build());

    for (String command : List.of("report", "get", "cancel")) {
      assertThat(kedge(command, "photo")).isEqualTo(ExitCode.REFUSED);
      assertThat(err())
          .startsWith("2 experiments have the title photo: name one by its id\n")
          .containsPattern("e1 +photo +RUNNING +1970-01-01")
          .containsPattern("e0 +photo +CANCELLED +1970-01-01");
    }
    assertThat(kedge("export", "photo", folder.resolve("out").toString()))
        .isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("name one by its id");
    assertThat(kedge("promote", "photo", "tuned")).isEqualTo(ExitCode.REFUSED);
    assertThat(kedge("get", "e1")).isZero();
    gateway.others = List.of(gateway.experiment.toBuilder().setDisplayName("other").build());
    assertThat(kedge("get", "photo")).isZero();
    kedge("get", "a \"b\" \\ c");
    assertThat(gateway.requests)
        .filteredOn(ListExperimentsRequest.class::isInstance)
        .last()
        .isEqualTo(
            ListExperimentsRequest.newBuilder()
                .setParent("projects/default")
                .setPageSize(500)
                .setPageToken("2")
                .setFilter("title = \"a \\\"b\\\" \\\\ c\"")
                .build());
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

  @Test
  void aFileThatIsNoTextIsNamed() throws IOException {
    Path picture =
        Files.write(folder.resolve("picture.jpg"), new byte[] {(byte) 0xFF, (byte) 0xD8});

    assertThat(kedge("plan", picture.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("picture.jpg is no text in UTF-8");
    assertThat(kedge("plan", folder.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(err()).contains("is a folder: name an experiment file");
  }

  @Test
  void errorsAreObjectsForPrograms() throws IOException {
    gateway.violations =
        List.of(
            FieldViolation.newBuilder()
                .setField("methods[0].id")
                .setDescription("is taken")
                .build());
    assertThat(kedge("launch", file, "--json")).isEqualTo(ExitCode.REFUSED);
    assertThat(out()).isEmpty();
    assertThat(err())
        .isEqualTo(
            """
            {
              "error": {
                "code": "INVALID_ARGUMENT",
                "reason": "EXPERIMENT_INVALID",
                "message": "photo.yaml is not a valid experiment file:",
                "violations": [
                  {
                    "field": "methods[0].id",
                    "line": 3,
                    "description": "is taken"
                  }
                ]
              }
            }
            """);
    gateway.refusal = Status.NOT_FOUND.withDescription("there is no e1");
    assertThat(kedge("get", "e1", "--json")).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(err()).contains("\"code\": \"NOT_FOUND\"").contains("there is no e1");
    assertThat(kedge("bogus", "--json")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("\"reason\": \"USAGE\"");
  }

  @Test
  void anUnknownCommandIsNamedWithTheWayToHelp() {
    assertThat(kedge("bogus")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).isEqualTo("`bogus` is no command of kedge: see `kedge --help`\n");
    assertThat(kedge("model", "bogus")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("`bogus` is no command of kedge model: see `kedge model --help`");
    assertThat(kedge("retry", "e1")).isEqualTo(ExitCode.USAGE);
    assertThat(err()).contains("STAGE").contains("see `kedge retry --help`");
  }

  @Test
  void jsonIsWrittenAsItReads() {
    gateway.experiment = gateway.experiment.toBuilder().setDisplayName("λ=0.5 & 'x' <y>").build();
    assertThat(kedge("get", "e1", "--json")).isZero();
    assertThat(out()).contains("\"displayName\": \"λ=0.5 & 'x' <y>\"");
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
