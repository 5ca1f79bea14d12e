package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.StageProgress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
  private final Measurements measurements = new Measurements();

  @Test
  void thePenaltyIsWhatTheLossHasBesideTheTasks() {
    step(1, Map.of("loss", 3.0, "task_loss", 2.5));
    step(2, Map.of("loss", 2.0, "task_loss", 1.0, "gradient_norm", 0.5));
    assertThat(measurements.curves())
        .extracting(Curve::name)
        .containsExactly("loss", "task loss", "penalty", "gradient norm");
    assertThat(measurements.curves().get(2).about()).startsWith("from 0.500 to 1.000");
  }

  @Test
  void withoutAPenaltyTheLossIsDrawnOnce() {
    step(1, Map.of("loss", 3.0, "task_loss", 3.0));
    assertThat(measurements.curves()).extracting(Curve::name).containsExactly("loss");
  }

  @Test
  void aSingleValueIsAPointInTheMiddle() {
    step(1, Map.of("loss", 3.0));
    Curve curve = measurements.curves().get(0);
    assertThat(curve.points()).isEqualTo("183.0,68.0");
    assertThat(curve.lastX()).isEqualTo(183.0);
    assertThat(curve.lastY()).isEqualTo(68.0);
    assertThat(curve.ticks()).containsExactly(new Curve.Tick(68.0, "3.000"));
    assertThat(curve.from()).as("said once").isEmpty();
    assertThat(curve.to()).isEqualTo("1 step");
  }

  @Test
  void whatDoesNotChangeHasOneTick() {
    step(1, Map.of("learning_rate", 0.5));
    step(2, Map.of("learning_rate", 0.5));
    Curve curve = measurements.curves().get(0);
    assertThat(curve.ticks()).extracting(Curve.Tick::text).containsExactly("0.500");
    assertThat(curve.from()).isEqualTo("1");
    assertThat(curve.to()).isEqualTo("2 steps");
  }

  @Test
  void ticksOfACurveHaveEquallyManyDecimals() {
    step(1, Map.of("gradient_norm", 12.0));
    step(2, Map.of("gradient_norm", 0.25));
    assertThat(measurements.curves().get(0).ticks())
        .extracting(Curve.Tick::text)
        .containsExactly("0.3", "6.1", "12.0");
  }

  @Test
  void whatIsSaidAgainAfterAResumeCountsOnceAndTheLastTime() {
    step(1, Map.of("loss", 3.0));
    step(2, Map.of("loss", 9.0));
    step(2, Map.of("loss", 2.0));
    List<Curve> curves = measurements.curves();
    assertThat(curves.get(0).points().split(" ", -1)).hasSize(2);
    assertThat(curves.get(0).last()).isEqualTo("2.000");
  }

  @Test
  void manyValuesAreThinnedAndTheLastStays() {
    for (int i = 1; i <= 10_000; i++) {
      step(i, Map.of("loss", (double) i, "odd", Double.NaN));
    }
    assertThat(measurements.curves()).hasSize(1);
    Curve curve = measurements.curves().get(0);
    assertThat(curve.points().split(" ", -1)).hasSizeLessThan(310);
    assertThat(curve.points()).endsWith("314.0,8.0");
    assertThat(curve.to()).isEqualTo("10000 steps");
  }

  private void step(long done, Map<String, Double> metrics) {
    measurements.add(
        StageProgress.newBuilder()
            .setDone(done)
            .setTotal(10_000)
            .setUnit("steps")
            .putAllMetrics(metrics)
            .build());
  }
}
