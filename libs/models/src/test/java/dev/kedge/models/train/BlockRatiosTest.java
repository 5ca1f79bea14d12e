package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockRatiosTest {
  private static final float[] SCORES = {0.75f, -1.5f, 2.25f};

  @Test
  void equalScoresGiveRhoToAll() {
    assertThat(new BlockRatios(0.3).of(new float[] {2, 2, 2}))
        .containsExactly(new double[] {0.3, 0.3, 0.3}, within(1e-15));
  }

  @Test
  void theMeanIsRhoWhileNoRatioIsOne() {
    double[] ratios = new BlockRatios(0.3).of(SCORES);

    assertThat(Arrays.stream(ratios).average().orElseThrow()).isCloseTo(0.3, within(1e-15));
    assertThat(ratios[2]).isGreaterThan(ratios[0]);
    assertThat(ratios[0]).isGreaterThan(ratios[1]);
    assertThat(ratios[1]).isPositive();
  }

  @Test
  void noRatioIsAboveOne() {
    double[] ratios = new BlockRatios(0.9).of(SCORES);

    assertThat(ratios).contains(1.0);
    assertThat(Arrays.stream(ratios).max().orElseThrow()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.7, 0.9})
  void theGradientIsThatOfFiniteDifferences(double rho) {
    BlockRatios ratios = new BlockRatios(rho);
    double[] atRatios = {0.5, -2, 3};
    double[] gradient = ratios.pullBack(SCORES, atRatios);

    for (int k = 0; k < SCORES.length; k++) {
      float[] more = SCORES.clone();
      float[] less = SCORES.clone();
      more[k] += 1 / 256f;
      less[k] -= 1 / 256f;
      double slope = (dot(atRatios, ratios.of(more)) - dot(atRatios, ratios.of(less))) * 128;
      assertThat(gradient[k]).as("rho %s, score %d", rho, k).isCloseTo(slope, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void rhoIsBetweenTheModels(double rho) {
    assertThatThrownBy(() -> new BlockRatios(rho))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rho must be between 0 and 1");
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
