package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void oneCycleIsThatOfPyTorch() {
    Schedule schedule = Schedule.oneCycle(1e-3, 10);
    // torch.optim.lr_scheduler.OneCycleLR(max_lr=1e-3, total_steps=10), cosine, defaults.
    double[] expected = {
      3.9999999999999996e-05,
      0.0005200000000000001,
      0.001,
      0.0009504846320134736,
      0.000811745653949763,
      0.0006112620219362892,
      0.00038874197806371076,
      0.00018825834605023698,
      4.9519367986526286e-05,
      4e-09
    };

    for (int step = 0; step < expected.length; step++) {
      assertThat(schedule.rate(step)).isCloseTo(expected[step], within(1e-15));
    }
  }

  @Test
  void warmUpReachesThePeakAndNeverStartsAtZero() {
    Schedule schedule = Schedule.constant(0.5, 4);

    assertThat(schedule.rate(0)).isEqualTo(0.125);
    assertThat(schedule.rate(3)).isEqualTo(0.5);
    assertThat(schedule.rate(100)).isEqualTo(0.5);
  }

  @Test
  void theCosineEndsJustAboveZero() {
    Schedule schedule = Schedule.cosine(1, 0, 100);

    assertThat(schedule.rate(0)).isEqualTo(1);
    assertThat(schedule.rate(50)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.rate(99)).isBetween(0.0, 1e-3);
  }
}
