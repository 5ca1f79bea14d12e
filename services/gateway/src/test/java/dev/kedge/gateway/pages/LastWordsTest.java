package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import dev.kedge.v1.StageLog;
import dev.kedge.v1.StageProgress;
import dev.kedge.v1.WatchExperimentResponse;
import org.junit.jupiter.api.Test;

class LastWordsTest {
  private static final String KEY = "a".repeat(64);

  private final LastWords said = new LastWords();

  @Test
  void aStageThatIsRetriedHasSaidNothingYet() {
    parkAtTheEnd();
    assertThat(shown(Stage.State.PARKED, KEY, 1)).isEqualTo("400 [full disk]");
    assertThat(shown(Stage.State.WAITING, "", 1)).isEqualTo("- []");
    assertThat(shown(Stage.State.RUNNING, KEY, 2)).isEqualTo("- []");

    said.hear(progress(7));
    assertThat(shown(Stage.State.RUNNING, KEY, 2)).isEqualTo("7 []");
  }

  @Test
  void soItIsWhereNobodyHasSeenThatItWaited() {
    parkAtTheEnd();
    assertThat(shown(Stage.State.RUNNING, KEY, 2)).isEqualTo("- []");
  }

  @Test
  void whatLedUpToAWaitThatEndsParkedIsKept() {
    parkAtTheEnd();
    assertThat(shown(Stage.State.WAITING, KEY, 1)).isEqualTo("400 [full disk]");
    assertThat(shown(Stage.State.PARKED, KEY, 1)).isEqualTo("400 [full disk]");
  }

  private void parkAtTheEnd() {
    said.see(experiment(stage(Stage.State.RUNNING, KEY, 1)));
    said.hear(progress(400));
    said.hear(
        WatchExperimentResponse.newBuilder()
            .setLog(StageLog.newBuilder().setStage("train").setText("full disk"))
            .build());
  }

  private String shown(Stage.State state, String key, int attempts) {
    Stage stage = stage(state, key, attempts);
    said.see(experiment(stage));
    return said.progress(stage).map(known -> Long.toString(known.getDone())).orElse("-")
        + " "
        + said.lines(stage).stream().map(LineView::text).toList();
  }

  private static WatchExperimentResponse progress(int done) {
    return WatchExperimentResponse.newBuilder()
        .setProgress(StageProgress.newBuilder().setStage("train").setDone(done).setTotal(400))
        .build();
  }

  private static Stage stage(Stage.State state, String key, int attempts) {
    return Stage.newBuilder()
        .setId("train")
        .setState(state)
        .setKey(key)
        .setAttempts(attempts)
        .build();
  }

  private static Experiment experiment(Stage stage) {
    return Experiment.newBuilder().addStages(stage).build();
  }
}
