package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleOrderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 64, 65, 1000, 4097})
  void anEpochVisitsEverySampleOnce(int size) {
    assertThat(new SampleOrder(size, 7).slice(3, 0, size))
        .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
  }

  @Test
  void theMiddleOfAnEpochIsKnownWithoutItsBeginning() {
    int[] whole = new SampleOrder(1000, 7).slice(2, 0, 1000);
    assertThat(new SampleOrder(1000, 7).slice(2, 600, 664))
        .containsExactly(IntStream.range(600, 664).map(i -> whole[i]).toArray());
  }

  @Test
  void epochsAndSeedsHaveOrdersOfTheirOwn() {
    int[] order = new SampleOrder(1000, 7).slice(0, 0, 1000);
    assertThat(new SampleOrder(1000, 7).slice(1, 0, 1000)).isNotEqualTo(order);
    assertThat(new SampleOrder(1000, 8).slice(0, 0, 1000)).isNotEqualTo(order);
  }

  /** 400 degrees of freedom: a fair shuffle lies within 400 ± 5.7 standard deviations. */
  @Test
  void everySampleIsEquallyLikelyAtEveryPosition() {
    int size = 21;
    int epochs = 21_000;
    int[][] seen = new int[size][size];
    SampleOrder order = new SampleOrder(size, 1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (int position = 0; position < size; position++) {
        seen[position][order.at(epoch, position)]++;
      }
    }
    double expected = (double) epochs / size;
    double chiSquare =
        IntStream.range(0, size * size)
            .mapToDouble(i -> seen[i / size][i % size] - expected)
            .map(off -> off * off / expected)
            .sum();
    assertThat(chiSquare).isBetween(270.0, 560.0);
  }

  /** Pinned: resuming a run that another version began depends on it. */
  @Test
  void theOrderItselfNeverChanges() {
    assertThat(new SampleOrder(10, 42).slice(0, 0, 10))
        .containsExactly(6, 4, 8, 2, 5, 0, 1, 9, 3, 7);
  }

  @Test
  void aPositionBeyondTheEpochIsRefused() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new SampleOrder(5, 0).at(0, 5))
        .withMessage("position 5 of an epoch of 5 samples");
  }
}
