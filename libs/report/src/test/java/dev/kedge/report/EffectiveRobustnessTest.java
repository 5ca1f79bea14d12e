package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.report.EffectiveRobustness.Baseline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectiveRobustnessTest {
  @Test
  void theLineAndWhatLiesAboveItEqualTheGoldenOnes() throws Exception {
    JsonNode table = Golden.read().json().get("wiseft_table");
    List<Baseline> baselines = new ArrayList<>();
    for (JsonNode baseline : table.get("baselines")) {
      baselines.add(
          new Baseline(baseline.get("id").doubleValue(), baseline.get("ood").doubleValue()));
    }
    EffectiveRobustness line = EffectiveRobustness.of(baselines);
    assertThat(line.slope()).isCloseTo(table.get("fit").get("slope").doubleValue(), within(1e-12));
    assertThat(line.intercept())
        .isCloseTo(table.get("fit").get("intercept").doubleValue(), within(1e-12));
    for (JsonNode row : table.get("rows")) {
      double own = row.get("id_accuracy").doubleValue();
      assertThat(line.expected(own))
          .isCloseTo(row.get("expected_ood_from_id").doubleValue(), within(1e-12));
      assertThat(line.of(own, row.get("ood_average").doubleValue()))
          .isCloseTo(row.get("effective_robustness").doubleValue(), within(1e-12));
    }
  }

  @Test
  void aLineNeedsTwoAccuraciesInsideTheOpenInterval() {
    Baseline one = new Baseline(0.5, 0.4);
    assertThatThrownBy(() -> EffectiveRobustness.of(List.of(one, one)))
        .hasMessageContaining("give two that differ");
    assertThatThrownBy(() -> new Baseline(1, 0.4)).hasMessageContaining("in (0, 1)");
  }
}
