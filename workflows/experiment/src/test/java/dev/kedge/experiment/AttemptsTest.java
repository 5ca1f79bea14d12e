package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.StageError;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final StageError ERROR = StageError.getDefaultInstance();
  private final Attempts attempts = new Attempts();

  @Test
  void aPermanentFailureIsNotTriedAgain() {
    assertThat(attempts.after(new StageFailure.Permanent(ERROR, 0))).isEmpty();
  }

  @Test
  void pausesGrowAndTheFifthTransientFailureIsTheLast() {
    for (int seconds : new int[] {1, 2, 4, 8}) {
      assertThat(attempts.after(new StageFailure.Transient(ERROR, 0, 0)))
          .contains(Duration.ofSeconds(seconds));
    }
    assertThat(attempts.after(new StageFailure.Transient(ERROR, 0, 0))).isEmpty();
  }

  @Test
  void aTransientFailureNeverCountsWhileTheWorkGetsFurther() {
    for (int done = 1; done <= 100; done++) {
      assertThat(attempts.after(new StageFailure.Transient(ERROR, done, 0)))
          .contains(Duration.ofSeconds(1));
    }
  }

  @Test
  void aLostMachineNeverCountsWhileTheWorkGetsFurther() {
    for (int done = 1; done <= 100; done++) {
      assertThat(attempts.after(new StageFailure.MachineLost(ERROR, done, 0))).isPresent();
    }
  }

  @Test
  void machinesThatAreLostAtTheSamePointAreGivenUp() {
    attempts.after(new StageFailure.MachineLost(ERROR, 7, 0));
    for (int i = 0; i < 4; i++) {
      assertThat(attempts.after(new StageFailure.MachineLost(ERROR, 7, 0))).isPresent();
    }
    assertThat(attempts.after(new StageFailure.MachineLost(ERROR, 7, 0))).isEmpty();
  }
}
