package dev.kedge.models.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final int VALUES = 100_000;

  private static float[] dropped(double rate, long seed) {
    float[] ones = new float[VALUES];
    Arrays.fill(ones, 1);
    try (Scope scope = Scope.plain()) {
      Tensor x = Tensor.of(scope, ones, VALUES);
      return LanguageModel.KERNELS.tensor(scope, "drop", x, rate, seed).floats();
    }
  }

  @Test
  void theShareIsDroppedAndTheRestScaledSoThatTheMeanStays() {
    float[] values = dropped(0.25, 7);
    int zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
      assertThat(value == 0 || Math.abs(value - 4f / 3) < 1e-6).isTrue();
    }
    assertThat((double) zeros / VALUES).isCloseTo(0.25, within(0.01));
  }

  @Test
  void equalSeedsDrawEqualMasks() {
    assertThat(dropped(0.25, 7)).isEqualTo(dropped(0.25, 7)).isNotEqualTo(dropped(0.25, 8));
  }

  @Test
  void everyHalfOfEveryBatchHasASeedOfItsOwn() {
    Set<Long> seeds = new HashSet<>();
    for (long batch = 0; batch < 100; batch++) {
      for (int half = 0; half < 24; half++) {
        seeds.add(new Dropout(0.1, batch).seed(half));
      }
    }
    assertThat(seeds).hasSize(2400).allMatch(seed -> seed >= 0);
  }
}
