package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HabitsTest {
  @Test
  void aPauseIsScatteredBetweenHalfOfItAndOneAndAHalf() {
    Duration pause = Duration.ofSeconds(8);
    assertThat(Habits.scattered(pause, 0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(Habits.scattered(pause, 0.5)).isEqualTo(pause);
    assertThat(Habits.scattered(pause, 1)).isEqualTo(Duration.ofSeconds(12));
  }

  @Test
  void whatBeganBeforePausesWereScatteredPausesAsItDid() {
    Duration pause = Duration.ofSeconds(8);
    assertThat(new Habits(false, false, false, new HistoryLimit()).scattered(pause))
        .isEqualTo(pause);
  }
}
