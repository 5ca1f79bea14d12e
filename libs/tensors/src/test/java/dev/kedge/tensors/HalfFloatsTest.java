package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {
  @Test
  void everyBf16SurvivesWideningAndNarrowing() {
    everyPatternSurvives(HalfFloats::fromBf16, HalfFloats::toBf16);
  }

  @Test
  void everyF16SurvivesWideningAndNarrowing() {
    everyPatternSurvives(HalfFloats::fromF16, HalfFloats::toF16);
  }

  @Test
  void bf16RoundsToNearestAndTiesToEven() {
    roundsToNearestEven(HalfFloats::fromBf16, HalfFloats::toBf16, 0x7F7F);
  }

  @Test
  void f16RoundsToNearestAndTiesToEven() {
    roundsToNearestEven(HalfFloats::fromF16, HalfFloats::toF16, 0x7BFF);
  }

  @Test
  void f16HasTheValuesOfTheStandard() {
    assertThat(HalfFloats.fromF16((short) 0x3C00)).isEqualTo(1f);
    assertThat(HalfFloats.fromF16((short) 0xC000)).isEqualTo(-2f);
    assertThat(HalfFloats.fromF16((short) 0x7BFF)).isEqualTo(65504f);
    assertThat(HalfFloats.fromF16((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(HalfFloats.fromF16((short) 0x0400)).isEqualTo(0x1p-14f);
    assertThat(HalfFloats.fromF16((short) 0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void valuesBeyondTheRangeBecomeInfinite() {
    assertThat(HalfFloats.toF16(65519.996f)).isEqualTo((short) 0x7BFF);
    assertThat(HalfFloats.toF16(65520f)).isEqualTo((short) 0x7C00);
    assertThat(HalfFloats.toF16(-1e30f)).isEqualTo((short) 0xFC00);
    assertThat(HalfFloats.toBf16(Float.MAX_VALUE)).isEqualTo((short) 0x7F80);
  }

  @Test
  void aNanWithALowPayloadStaysANan() {
    float nan = Float.intBitsToFloat(0x7F80_0001);
    assertThat(HalfFloats.fromBf16(HalfFloats.toBf16(nan))).isNaN();
    assertThat(HalfFloats.fromF16(HalfFloats.toF16(nan))).isNaN();
  }

  private static void everyPatternSurvives(
      Function<Short, Float> widen, Function<Float, Short> narrow) {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = widen.apply((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(narrow.apply(value)).as("bits %x", bits).isEqualTo((short) bits);
      }
    }
  }

  /** Between each pair of neighbours: just below, at, and just above the middle, of both signs. */
  private static void roundsToNearestEven(
      Function<Short, Float> widen, Function<Float, Short> narrow, int largest) {
    Random random = new Random(1);
    for (int low = 0; low < largest; low++) {
      double a = widen.apply((short) low);
      double b = widen.apply((short) (low + 1));
      float middle = (float) ((a + b) / 2);
      int even = low % 2 == 0 ? low : low + 1;
      float somewhere = (float) (a + (b - a) * random.nextDouble());
      int nearest = somewhere - a < b - somewhere ? low : low + 1;
      if (somewhere != middle) {
        assertThat(narrow.apply(somewhere)).isEqualTo((short) nearest);
      }
      assertThat(narrow.apply(middle)).as("middle above %x", low).isEqualTo((short) even);
      assertThat(narrow.apply(Math.nextDown(middle))).isEqualTo((short) low);
      assertThat(narrow.apply(Math.nextUp(middle))).isEqualTo((short) (low + 1));
      assertThat(narrow.apply(-middle)).isEqualTo((short) (even | 0x8000));
    }
  }
}
