package dev.kedge.gateway.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.NextTry;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageError;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Timestamp NOON = Timestamp.newBuilder().setSeconds(12 * 3600).build();

  @Test
  void whatAStageNeedsIsNamed() {
    assertThat(
            words(
                Experiment.State.RUNNING,
                stage("a", Stage.State.RUNNING),
                stage("b", Stage.State.WAITING),
                stage("c", Stage.State.SUCCEEDED),
                stage("d", Stage.State.WAITING, "a", "b", "c"),
                stage("e", Stage.State.WAITING, "a", "b", "d"),
                stage("f", Stage.State.WAITING, "c").addAfter("a"),
                stage("g", Stage.State.SKIPPED, "c")))
        .containsExactly(
            "",
            "waits for a worker of TRAIN",
            "",
            "waits for a, b",
            "waits for a, b and 1 more",
            "waits for a",
            "");
  }

  @Test
  void whoWaitsForPeopleSaysSoHoweverFarTheyAre() {
    assertThat(
            words(
                Experiment.State.ATTENTION,
                stage("a", Stage.State.PARKED),
                stage("b", Stage.State.WAITING, "a"),
                stage("c", Stage.State.WAITING, "b")))
        .containsExactly("", "waits for a, which is parked", "waits for a, which is parked");
  }

  @Test
  void aStageThatCouldBeginSaysWhatItWaitsFor() {
    Stage.Builder permit = stage("a", Stage.State.WAITING).setWaitsForPermit(true);
    StageError full = StageError.newBuilder().setReason("DISK_FULL").build();
    Stage.Builder later = stage("b", Stage.State.WAITING).setNextTry(at(61).setAfter(full));
    Stage.Builder now = stage("c", Stage.State.WAITING).setNextTry(at(0).setAfter(full));
    Stage.Builder held = stage("d", Stage.State.WAITING).setNextTry(at(5));

    assertThat(words(Experiment.State.RUNNING, permit, later, now, held))
        .containsExactly(
            "waits for one of its project's permits",
            "waits until 12:01:01 UTC after DISK_FULL",
            "waits for a worker of TRAIN after DISK_FULL",
            "waits until 12:00:05 UTC, since another service works on it");
    assertThat(words(Experiment.State.PAUSED, permit, stage("b", Stage.State.WAITING, "a")))
        .containsOnly("waits while its experiment is paused");
    assertThat(words(Experiment.State.PENDING, stage("a", Stage.State.WAITING)))
        .containsExactly("waits for an orchestrator");
  }

  private static NextTry.Builder at(int secondsAfterNoon) {
    return NextTry.newBuilder()
        .setTime(Timestamp.newBuilder().setSeconds(NOON.getSeconds() + secondsAfterNoon));
  }

  private static Stage.Builder stage(String id, Stage.State state, String... needs) {
    return Stage.newBuilder()
        .setId(id)
        .setKind("TRAIN")
        .setState(state)
        .addAllNeeds(List.of(needs));
  }

  private static List<String> words(Experiment.State state, Stage.Builder... stages) {
    Experiment experiment =
        Experiment.newBuilder()
            .setState(state)
            .addAllStages(Stream.of(stages).map(Stage.Builder::build).toList())
            .build();
    return Waiting.told(experiment, NOON).getStagesList().stream().map(Stage::getWaitsFor).toList();
  }
}
