package dev.kedge.gateway.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.v1.ComparedPoint;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.Scale;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointPairsTest {
  private final Report first =
      Report.newBuilder()
          .addPoints(point("base", 0.5, 0.8))
          .addPoints(point("full", 0.9, 0.6).setRecommended(true))
          .build();
  private final Report second =
      Report.newBuilder()
          .addPoints(point("lora", 0.8, 0.7))
          .addPoints(point("full", 0.92, 0.55))
          .build();

  @Test
  void pointsOfOneLabelArePairedAndThoseOfTheFirstComeFirst() {
    List<ComparedPoint> pairs = PointPairs.of(first, second);

    assertThat(pairs).extracting(ComparedPoint::getLabel).containsExactly("base", "full", "lora");
    assertThat(pairs.get(0).hasB()).isFalse();
    assertThat(pairs.get(0).hasSpecialityDifference()).isFalse();
    assertThat(pairs.get(1).getSpecialityDifference()).isEqualTo(0.02, within(1e-12));
    assertThat(pairs.get(1).getGeneralityDifference()).isEqualTo(-0.05, within(1e-12));
    assertThat(pairs.get(1).getA().getRecommended()).isTrue();
    assertThat(pairs.get(1).getB().getRecommended()).isFalse();
    assertThat(pairs.get(2).hasA()).isFalse();
  }

  @Test
  void whatIsMeasuredInOtherUnitsOrNotAtAllHasNoDifference() {
    Report inBits =
        second.toBuilder().setGeneralityScale(Scale.newBuilder().setLowerIsBetter(true)).build();
    ComparedPoint full = PointPairs.of(first, inBits).get(1);
    assertThat(full.hasSpecialityDifference()).isTrue();
    assertThat(full.hasGeneralityDifference()).isFalse();

    Report.Builder without = second.toBuilder();
    without.getPointsBuilder(1).clearSpeciality();
    full = PointPairs.of(first, without.build()).get(1);
    assertThat(full.hasSpecialityDifference()).isFalse();
    assertThat(full.getB().hasSpeciality()).isFalse();
  }

  private static TradeOffPoint.Builder point(String label, double speciality, double generality) {
    return TradeOffPoint.newBuilder()
        .setLabel(label)
        .setSpeciality(Estimate.newBuilder().setValue(speciality))
        .setGenerality(Estimate.newBuilder().setValue(generality));
  }
}
