package dev.kedge.models.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.SampleOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochPlanTest {
  private final EpochPlan plan = new EpochPlan(new SampleOrder(10, 3), 4);

  @Test
  void everySampleIsSeenOnceAnEpochAndTheLastBatchIsSmaller() {
    assertThat(plan.stepsPerEpoch()).isEqualTo(3);
    assertThat(plan.samples(5)).hasSize(2);
    for (int epoch = 0; epoch < 3; epoch++) {
      int first = epoch * 3;
      int[] seen =
          IntStream.range(first, first + 3).flatMap(s -> Arrays.stream(plan.samples(s))).toArray();
      assertThat(seen).containsExactlyInAnyOrder(IntStream.range(0, 10).toArray());
    }
  }

  @Test
  void aStepBelongsToItsEpoch() {
    assertThat(plan.epoch(2)).isZero();
    assertThat(plan.epoch(3)).isEqualTo(1);
  }

  @Test
  void anEmptyBatchIsRefused() {
    assertThatThrownBy(() -> new EpochPlan(new SampleOrder(10, 3), 0))
        .hasMessageContaining("batch_size must be at least 1, not 0");
  }
}
