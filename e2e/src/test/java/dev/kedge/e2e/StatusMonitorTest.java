package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusMonitorTest {
  private static final Stage RUNNING =
      Stage.newBuilder()
          .setName("s")
          .setId("s")
          .setKey("5")
          .setState(Stage.State.RUNNING)
          .setAttempts(1)
          .build();
  private static final Stage DONE =
      RUNNING.toBuilder().setState(Stage.State.SUCCEEDED).setArtifact("sha256:1").build();

  private static final Stage WAITING =
      RUNNING.toBuilder().setState(Stage.State.WAITING).clearKey().build();

  private final Damage damage = new Damage();
  private final StatusMonitor monitor = new StatusMonitor("p", damage);

  @Test
  void whatGoesOnContradictsNothing() {
    see(Experiment.State.RUNNING, RUNNING);
    see(Experiment.State.RUNNING, RUNNING.toBuilder().setAttempts(2).build());
    see(Experiment.State.SUCCEEDED, DONE.toBuilder().setAttempts(2).build());

    assertThat(monitor.contradictions()).isEmpty();
  }

  @Test
  void aSuccessThatIsTakenBackIsAContradiction() {
    see(Experiment.State.RUNNING, DONE);
    see(Experiment.State.RUNNING, RUNNING);

    assertThat(monitor.contradictions()).hasSize(1);
  }

  @Test
  void anotherResultThanBeforeIsAContradiction() {
    see(Experiment.State.RUNNING, DONE);
    see(Experiment.State.RUNNING, DONE.toBuilder().setArtifact("sha256:2").build());

    assertThat(monitor.contradictions()).hasSize(1);
  }

  @Test
  void anExperimentThatSucceedsWithoutAStageContradictsItself() {
    see(Experiment.State.SUCCEEDED, RUNNING);

    assertThat(monitor.contradictions()).hasSize(1);
  }

  @Test
  void whatWasHurtMayRunAgain() {
    see(Experiment.State.RUNNING, DONE);
    hurt("5");
    see(Experiment.State.RUNNING, WAITING);
    see(Experiment.State.SUCCEEDED, DONE.toBuilder().setAttempts(2).build());

    assertThat(monitor.contradictions()).isEmpty();
  }

  @Test
  void whatWasHurtMustComeToTheSame() {
    see(Experiment.State.RUNNING, DONE);
    hurt("5");
    see(Experiment.State.RUNNING, DONE.toBuilder().setArtifact("sha256:2").build());

    assertThat(monitor.contradictions()).hasSize(1);
  }

  @Test
  void whatNeedsSomethingThatWasHurtMayRunAgain() {
    Stage reader = DONE.toBuilder().setId("r").setKey("6").addNeeds("s").build();
    see(Experiment.State.RUNNING, DONE, reader);
    hurt("5");
    see(Experiment.State.RUNNING, WAITING, reader.toBuilder().setAttempts(2).build());

    assertThat(monitor.contradictions()).isEmpty();
  }

  @Test
  void whatNeedsNothingThatWasHurtMayNotRunAgain() {
    Stage other = DONE.toBuilder().setId("o").setKey("6").build();
    see(Experiment.State.RUNNING, DONE, other);
    hurt("5");
    see(Experiment.State.RUNNING, DONE, other.toBuilder().setState(Stage.State.WAITING).build());

    assertThat(monitor.contradictions()).hasSize(1);
  }

  private void hurt(String key) {
    damage.done(new Damage.Done(Fault.Kind.DROP_RESULT, "p", "o", "sha256:1", Set.of(key)));
  }

  private void see(Experiment.State state, Stage... stages) {
    monitor.see(
        Experiment.newBuilder().setName("e").setState(state).addAllStages(List.of(stages)).build());
  }
}
