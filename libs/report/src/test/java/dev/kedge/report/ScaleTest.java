package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void fewerBitsAreMoreGainAndEightAreNone() {
    assertThat(Scale.BITS_PER_BYTE.gain(8)).isZero();
    assertThat(Scale.BITS_PER_BYTE.gain(2)).isEqualTo(0.75);
    assertThat(Scale.SHARE.gain(0.3)).isEqualTo(0.3);
  }

  @Test
  void aLossIsPositiveForTheWorseWhateverTheMeasure() {
    assertThat(Scale.SHARE.loss(0.5, 0.75)).isEqualTo(0.25);
    assertThat(Scale.BITS_PER_BYTE.loss(2.5, 2.25)).isEqualTo(0.25);
    assertThat(Scale.SHARE.loss(new Interval(-0.25, -0.5, 0)))
        .isEqualTo(new Interval(0.25, 0.0, 0.5));
    assertThat(Scale.BITS_PER_BYTE.loss(new Interval(0.25, 0, 0.5)))
        .isEqualTo(new Interval(0.25, 0, 0.5));
  }

  @Test
  void aReportThatSaysNothingOfItsScaleIsOfShares() {
    assertThat(Scale.of(dev.kedge.v1.Scale.getDefaultInstance())).isEqualTo(Scale.SHARE);
    for (Scale scale : Scale.values()) {
      assertThat(Scale.of(scale.message())).isEqualTo(scale);
    }
  }
}
