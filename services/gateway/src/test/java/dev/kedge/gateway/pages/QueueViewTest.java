package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.gateway.pages.QueueView.Lane;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueViewTest {
  @Test
  void eachWaitingStageIsCountedByWhatItWaitsFor() {
    QueueView queue =
        QueueView.of(
            List.of(
                experiment(
                    Experiment.State.ATTENTION,
                    stage("prepare", "PREPARE", Stage.State.SUCCEEDED),
                    stage("skipped", "TRAIN", Stage.State.SKIPPED),
                    stage("at-work", "TRAIN", Stage.State.RUNNING, "prepare"),
                    stage("ready", "TRAIN", Stage.State.WAITING, "prepare", "skipped"),
                    stage("needs", "TRAIN", Stage.State.WAITING, "at-work"),
                    stage("permit", "TRAIN", Stage.State.WAITING, "prepare").toBuilder()
                        .setWaitsForPermit(true)
                        .build(),
                    stage("parked", "TRAIN", Stage.State.PARKED, "prepare")),
                experiment(Experiment.State.PAUSED, stage("held", "TRAIN", Stage.State.WAITING))));

    assertThat(queue.experiments()).isEqualTo(2);
    assertThat(queue.lanes()).containsExactly(new Lane("TRAIN", 1, 1, 1, 1, 1, 1));
    assertThat(List.of(queue.running(), queue.ready(), queue.unpermitted()))
        .as("with and without permits")
        .containsExactly(1, 1, 1);
    assertThat(queue.shown())
        .extracting(entry -> entry.stage().stage().getId())
        .as("who waits for people is on top")
        .containsExactly("parked", "at-work");
  }

  @Test
  void whatIsOverHasNothingToDo() {
    QueueView queue =
        QueueView.of(
            List.of(
                experiment(Experiment.State.CANCELLED, stage("left", "TRAIN", Stage.State.WAITING)),
                experiment(
                    Experiment.State.SUCCEEDED, stage("done", "TRAIN", Stage.State.SUCCEEDED))));

    assertThat(queue.experiments()).isZero();
    assertThat(queue.lanes()).isEmpty();
  }

  @Test
  void ofVeryManyAtWorkSomeAreShownAndTheOthersCounted() {
    Stage[] many =
        IntStream.range(0, 103)
            .mapToObj(i -> stage("t" + i, "TRAIN", Stage.State.RUNNING))
            .toArray(Stage[]::new);

    QueueView queue = QueueView.of(List.of(experiment(Experiment.State.RUNNING, many)));

    assertThat(queue.shown()).hasSize(100);
    assertThat(queue.hidden()).isEqualTo(3);
  }

  private static Experiment experiment(Experiment.State state, Stage... stages) {
    return Experiment.newBuilder()
        .setName("projects/p/experiments/e1")
        .setState(state)
        .addAllStages(List.of(stages))
        .build();
  }

  private static Stage stage(String id, String kind, Stage.State state, String... needs) {
    return Stage.newBuilder()
        .setId(id)
        .setKind(kind)
        .setState(state)
        .addAllNeeds(List.of(needs))
        .build();
  }
}
