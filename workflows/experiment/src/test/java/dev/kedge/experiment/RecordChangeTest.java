package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.kedge.v1.Allowance;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Operation;
import dev.kedge.v1.PauseCause;
import dev.kedge.v1.Stage;
import org.junit.jupiter.api.Test;

class RecordChangeTest {
  private static final Timestamp FIRST = Timestamps.fromMillis(1);
  private static final Experiment RECORD =
      Experiment.newBuilder()
          .setUpdateTime(FIRST)
          .addStages(Stage.newBuilder().setId("a").setState(Stage.State.WAITING))
          .addStages(Stage.newBuilder().setId("b").setState(Stage.State.WAITING))
          .build();
  private static final Experiment CHANGE =
      Experiment.newBuilder()
          .setState(Experiment.State.RUNNING)
          .setUpdateTime(Timestamps.fromMillis(2))
          .addStages(Stage.newBuilder().setId("b").setState(Stage.State.RUNNING))
          .addOperations(Operation.newBuilder().setAction("retry b"))
          .build();

  @Test
  void aChangeReplacesItsStagesAndKeepsTheOthers() {
    Experiment changed = RecordChange.apply(RECORD, CHANGE, FIRST).orElseThrow();
    assertThat(changed.getStagesList())
        .extracting(Stage::getState)
        .containsExactly(Stage.State.WAITING, Stage.State.RUNNING);
    assertThat(changed.getOperationsCount()).isEqualTo(1);
  }

  @Test
  void aChangeThatWasWrittenBeforeIsNotWrittenAgain() {
    Experiment changed = RecordChange.apply(RECORD, CHANGE, FIRST).orElseThrow();
    assertThat(RecordChange.apply(changed, CHANGE, FIRST)).isEmpty();
  }

  @Test
  void whatLimitsAnExperimentStaysUntilItChangesAndWhyItIsPausedUntilItGoesOn() {
    Allowance allowance = Allowance.newBuilder().setComputeSeconds(60).build();
    Experiment change =
        CHANGE.toBuilder()
            .setAllowance(allowance)
            .setPauseCause(PauseCause.newBuilder().setReason("COMPUTE_USED"))
            .build();
    Experiment paused = RecordChange.apply(RECORD, change, FIRST).orElseThrow();
    assertThat(paused.getPauseCause().getReason()).isEqualTo("COMPUTE_USED");
    Experiment next = CHANGE.toBuilder().setUpdateTime(Timestamps.fromMillis(3)).build();
    Experiment resumed = RecordChange.apply(paused, next, paused.getUpdateTime()).orElseThrow();
    assertThat(resumed.hasPauseCause()).isFalse();
    assertThat(resumed.getAllowance()).isEqualTo(allowance);
  }

  @Test
  void aWorkflowThatWasOvertakenIsRefused() {
    Experiment other = RECORD.toBuilder().setUpdateTime(Timestamps.fromMillis(3)).build();
    assertThatThrownBy(() -> RecordChange.apply(other, CHANGE, FIRST))
        .hasMessageContaining("another workflow");
  }
}
