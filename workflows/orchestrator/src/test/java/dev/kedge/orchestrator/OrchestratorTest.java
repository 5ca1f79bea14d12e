package dev.kedge.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.experiment.ExperimentName;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Limits;
import dev.kedge.v1.Operation;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OrchestratorTest {
  @TempDir static Path folder;
  private static Platform platform;
  private final ExperimentName name = Platform.newName();

  @BeforeAll
  static void start() {
    platform = new Platform(folder);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  void aRecordWithoutAWorkflowIsGivenOneAndRunsToItsEnd() {
    platform.record(name);
    awaitState(Experiment.State.SUCCEEDED);
    assertThat(platform.get(name).getStagesList())
        .allMatch(stage -> stage.getState() == Stage.State.SUCCEEDED)
        .allMatch(stage -> stage.getAttempts() == 1);
  }

  @Test
  void whatAnotherExperimentMadeIsFoundWithoutAWorker() {
    platform.record(name);
    awaitState(Experiment.State.SUCCEEDED);
    ExperimentName again = Platform.newName();
    Experiment alike = Platform.experiment(name, Limits.getDefaultInstance());
    platform.record(again, alike.toBuilder().setName(again.toString()).build());
    until(() -> platform.get(again).getState() == Experiment.State.SUCCEEDED);
    assertThat(platform.get(again).getStagesList())
        .allMatch(Stage::getCached)
        .allMatch(stage -> platform.service.timesAsked(again, stage.getId()) == 0)
        .extracting(Stage::getArtifact)
        .isEqualTo(platform.get(name).getStagesList().stream().map(Stage::getArtifact).toList());
  }

  @Test
  void aRunningExperimentIsLeftAloneByTheReconciler() {
    platform.service.silenceNext(name, "train-l2");
    platform.record(name);
    until(() -> platform.stage(name, "train-l2").getState() == Stage.State.RUNNING);
    new Reconciler(platform.projects, platform.experiments(), platform.counts).reconcile();
    assertThat(platform.service.timesAsked(name, "train-l2")).isEqualTo(1);
  }

  @Test
  void afterTemporalHasForgottenNothingFinishedIsDoneAgain() {
    platform.service.silenceNext(name, "train-l2");
    platform.record(name);
    until(() -> platform.stage(name, "evaluate-full").getState() == Stage.State.SUCCEEDED);
    platform.loseTemporal();
    awaitState(Experiment.State.SUCCEEDED);
    assertThat(platform.service.timesAsked(name, "train-full")).isEqualTo(1);
    assertThat(platform.service.timesAsked(name, "train-l2")).isEqualTo(2);
  }

  @Test
  void aPauseHoldsWhateverIsLostAndEndsWithAResume() {
    platform.service.silenceNext(name, "train-l2");
    platform.record(name);
    until(() -> platform.stage(name, "train-l2").getState() == Stage.State.RUNNING);
    platform.experiments().pause(name, "ann");
    platform.loseTemporal();
    until(() -> platform.stage(name, "train-l2").getState() == Stage.State.WAITING);
    assertThat(platform.get(name).getState()).isEqualTo(Experiment.State.PAUSED);
    new Reconciler(platform.projects, platform.experiments(), platform.counts).reconcile();
    assertThat(gauge("kedge.experiments", "paused")).isGreaterThanOrEqualTo(1);
    assertThat(platform.service.timesAsked(name, "train-l2")).isEqualTo(1);
    platform.experiments().resume(name, Limits.getDefaultInstance(), "bob");
    awaitState(Experiment.State.SUCCEEDED);
    assertThat(platform.service.timesAsked(name, "train-l2")).isEqualTo(2);
    assertThat(platform.get(name).getOperationsList())
        .allMatch(Operation::hasTime)
        .extracting(operation -> operation.getActor() + ": " + operation.getAction())
        .containsExactly("ann: pause", "bob: resume");
  }

  @Test
  void aUsersMistakeIsShownAndMendedByARetry() {
    platform.service.mistakeNext(name, "train-l2");
    platform.record(name);
    awaitState(Experiment.State.ATTENTION);
    until(() -> gauge("kedge.experiments", "attention") >= 1);
    until(() -> gauge("kedge.stages", "parked") >= 1);
    assertThat(attemptsThatEndedWith("BAD_SPEC")).isGreaterThanOrEqualTo(1);
    StageError error = platform.stage(name, "train-l2").getError();
    assertThat(error.getReason()).isEqualTo("BAD_SPEC");
    assertThat(error.getBlame()).isEqualTo(StageError.Blame.USER);
    assertThat(error.getMessage()).isEqualTo("change it");
    platform.experiments().retry(name, "train-l2", Map.of("method.l2.lambda", "2"), "ann");
    assertThat(platform.get(name).getState()).isEqualTo(Experiment.State.RUNNING);
    awaitState(Experiment.State.SUCCEEDED);
    until(() -> gauge("kedge.experiments", "attention") == 0);
    assertThat(attemptsThatEndedWith("result")).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aRefusedCallIsALineWithoutATrace() {
    platform.service.mistakeNext(name, "train-l2");
    platform.record(name);
    awaitState(Experiment.State.ATTENTION);
    var lines = new Lines();
    lines.listen();
    try {
      assertThatThrownBy(() -> platform.experiments().skip(name, "train-full", "ann"))
          .hasMessageContaining("only a parked one is skipped");
      until(() -> !lines.of("is refused").isEmpty());
    } finally {
      lines.close();
      platform.experiments().cancel(name, "ann");
    }
    assertThat(lines.of("is refused"))
        .singleElement()
        .satisfies(line -> assertThat(line.getMessage()).contains(name.toString()))
        .satisfies(line -> assertThat(line.getLevel().getName()).isEqualTo("INFO"))
        .satisfies(line -> assertThat(line.getThrown()).isNull());
    assertThat(lines.of("Workflow execution failure")).isEmpty();
  }

  private static double gauge(String name, String state) {
    return platform.meters.get(name).tag("state", state).gauge().value();
  }

  private static double attemptsThatEndedWith(String end) {
    return platform.meters.get("kedge.worker.attempts").tag("end", end).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void aResultThatVanishedBeforeTheEndIsMadeAgain() {
    platform.service.silenceNext(name, "train-l2");
    platform.record(name);
    until(() -> platform.stage(name, "evaluate-full").getState() == Stage.State.SUCCEEDED);
    String artifact = platform.stage(name, "train-full").getArtifact();
    platform.delete("artifacts/" + artifact.replace("sha256:", "") + ".json");
    platform.loseTemporal();
    awaitState(Experiment.State.SUCCEEDED);
    assertThat(platform.service.timesAsked(name, "train-full")).isEqualTo(2);
  }

  @Test
  void allProjectsOfAStoreAreFound() {
    platform.projects.open("a").records().create("models/x", new byte[] {'{', '}'});
    platform.projects.open("a-b").records().create("models/x", new byte[] {'{', '}'});
    platform.projects.open("a0").records().create("models/x", new byte[] {'{', '}'});
    assertThat(platform.projects.names()).contains("a-b", "a", "a0");
  }

  private void awaitState(Experiment.State state) {
    until(() -> platform.get(name).getState() == state);
  }

  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(40));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("in time").isBefore(end);
      try {
        Thread.sleep(50);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
