package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import org.junit.jupiter.api.Test;

class WitnessTest {
  private static final Stage RUNNING =
      Stage.newBuilder()
          .setName("s")
          .setId("s")
          .setState(Stage.State.RUNNING)
          .setAttempts(1)
          .build();
  private static final Stage DONE =
      RUNNING.toBuilder().setState(Stage.State.SUCCEEDED).setArtifact("sha256:1").build();

  private final Witness witness = new Witness();

  @Test
  void anHonestCourseIsNoLie() {
    see(Experiment.State.RUNNING, RUNNING);
    see(Experiment.State.RUNNING, RUNNING.toBuilder().setAttempts(2).build());
    see(Experiment.State.SUCCEEDED, DONE.toBuilder().setAttempts(2).build());

    assertThat(witness.lies()).isEmpty();
  }

  @Test
  void aSuccessThatIsTakenBackIsALie() {
    see(Experiment.State.RUNNING, DONE);
    see(Experiment.State.RUNNING, RUNNING);

    assertThat(witness.lies()).hasSize(1);
  }

  @Test
  void anotherResultThanBeforeIsALie() {
    see(Experiment.State.RUNNING, DONE);
    see(Experiment.State.RUNNING, DONE.toBuilder().setArtifact("sha256:2").build());

    assertThat(witness.lies()).hasSize(1);
  }

  @Test
  void anExperimentThatSucceedsWithoutAStageLies() {
    see(Experiment.State.SUCCEEDED, RUNNING);

    assertThat(witness.lies()).hasSize(1);
  }

  private void see(Experiment.State state, Stage stage) {
    witness.see(Experiment.newBuilder().setName("e").setState(state).addStages(stage).build());
  }
}
