package dev.kedge.models.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.data.SampleOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndlessPlanTest {
  private final EndlessPlan plan = new EndlessPlan(new SampleOrder(5, 1), 3);

  @Test
  void everyStepHasEquallyManySamplesAndEverySampleComesOnceAnEpoch() {
    List<Integer> seen = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      assertThat(plan.samples(step)).hasSize(3);
      for (int sample : plan.samples(step)) {
        seen.add(sample);
      }
    }

    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(seen.subList(5 * epoch, 5 * epoch + 5)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }
    assertThat(List.of(plan.epoch(0), plan.epoch(1), plan.epoch(2), plan.epoch(4)))
        .containsExactly(0, 0, 1, 2);
  }
}
