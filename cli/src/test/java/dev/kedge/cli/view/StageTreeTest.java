package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageTreeTest {
  @Test
  void eachStageStandsBelowTheLastOneThatItNeeds() {
    List<Stage> stages =
        List.of(
            stage("prepare", "PREPARE", Stage.State.SUCCEEDED),
            stage("train-a", "TRAIN", Stage.State.RUNNING, "prepare"),
            stage("train-b", "TRAIN", Stage.State.WAITING, "prepare"),
            stage("test-a", "EVALUATE", Stage.State.WAITING, "train-a", "prepare"),
            stage("report", "REPORT", Stage.State.WAITING, "test-a", "train-b"));

    assertThat(drawn(stages, 20))
        .containsExactly("prepare", "├─ train-a", "│  └─ test-a", "│     └─ report", "└─ train-b");
  }

  @Test
  void manyOfAKindAreOneLineButForThoseAtWorkAndThoseThatWaitForPeople() {
    List<Stage> stages = new ArrayList<>();
    stages.add(stage("prepare", "PREPARE", Stage.State.SUCCEEDED));
    for (int i = 0; i < 9; i++) {
      Stage.State state =
          i == 3 ? Stage.State.RUNNING : i == 5 ? Stage.State.PARKED : Stage.State.WAITING;
      stages.add(stage("train-" + i, "TRAIN", state, "prepare"));
      stages.add(stage("test-" + i, "EVALUATE", Stage.State.WAITING, "train-" + i));
    }

    assertThat(drawn(stages, 20))
        .containsExactly(
            "prepare",
            "├─ 7 × TRAIN",
            "│  └─ 7 × EVALUATE",
            "├─ train-3",
            "│  └─ test-3",
            "└─ train-5",
            "   └─ test-5");
  }

  @Test
  void whereThereIsLittleRoomFewerOfAKindAreOneLineToo() {
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      stages.add(stage("train-" + i, "TRAIN", Stage.State.WAITING));
    }

    assertThat(drawn(stages, 5)).hasSize(5);
    assertThat(drawn(stages, 4)).containsExactly("5 × TRAIN");
  }

  private static List<String> drawn(List<Stage> stages, int most) {
    return new StageTree(stages)
        .rows(most).stream().map(row -> row.branch() + row.label()).toList();
  }

  static Stage stage(String id, String kind, Stage.State state, String... needs) {
    return Stage.newBuilder()
        .setId(id)
        .setKind(kind)
        .setState(state)
        .addAllNeeds(List.of(needs))
        .build();
  }
}
