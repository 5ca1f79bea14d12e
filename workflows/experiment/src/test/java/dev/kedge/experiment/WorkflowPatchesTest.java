package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkflowPatchesTest {
  @Test
  void aPauseIsScatteredBetweenHalfOfItAndOneAndAHalf() {
    Duration pause = Duration.ofSeconds(8);
    assertThat(WorkflowPatches.scattered(pause, 0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(WorkflowPatches.scattered(pause, 0.5)).isEqualTo(pause);
    assertThat(WorkflowPatches.scattered(pause, 1)).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void whatBeganBeforePausesWereScatteredPausesAsItDid() {
    Duration pause = Duration.ofSeconds(8);
    assertThat(new WorkflowPatches(false, false, false, new HistoryLimit()).scattered(pause))
        .isEqualTo(pause);
  }
}
