package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {

  @Test
  void theSmallestIsMultipliedMostAndNoneFallsBelowASmallerOne() {
    // By hand: 4 · 0.01; 3 · 0.011 is less, so 0.04 again; 2 · 0.03; 1 · 0.04, so 0.06 again.
    List<Double> adjusted = Holm.adjusted(List.of(0.04, 0.01, 0.03, 0.011));
    assertThat(adjusted.get(1)).isCloseTo(0.04, within(1e-15));
    assertThat(adjusted.get(3)).isCloseTo(0.04, within(1e-15));
    assertThat(adjusted.get(2)).isCloseTo(0.06, within(1e-15));
    assertThat(adjusted.get(0)).isCloseTo(0.06, within(1e-15));
  }

  @Test
  void noneExceedsOneAndNoTestsNeedNoCorrection() {
    assertThat(Holm.adjusted(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
    assertThat(Holm.adjusted(List.of(0.2))).containsExactly(0.2);
    assertThat(Holm.adjusted(List.of())).isEmpty();
  }
}
