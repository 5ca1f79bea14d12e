package dev.kedge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingMeterTest {
  private static final String TEXT =
      """
      # TYPE kedge_stage_work_total counter
      kedge_stage_work_total{kind="TRAIN",unit="steps"} 1200.0
      kedge_stage_work_total{kind="ADAPT",unit="steps"} 7.0
      kedge_stage_work_total{kind="TRAIN",unit="images"} 9.0
      kedge_stage_work_totally{kind="TRAIN",unit="steps"} 5.0
      kedge_stage_work_total{unit="steps",more="x",kind="TRAIN"} 1.5E3
      """;

  @Test
  void seriesOfTheNameAndLabelsAreAddedUp() {
    assertThat(
            TrainingMeter.sum(TEXT, "kedge_stage_work_total", "kind=\"TRAIN\"", "unit=\"steps\""))
        .isEqualTo(2700);
  }
}
