package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void wilsonEqualsTheGoldenCases() throws Exception {
    JsonNode cases = Golden.read().json().get("wilson_cases");
    assertThat(cases).isNotEmpty();
    for (JsonNode one : cases) {
      Interval interval = Interval.wilson(one.get("k").intValue(), one.get("n").intValue());
      assertClose(interval, one.get("interval"));
    }
  }

  @Test
  void percentilesOfGivenDrawsEqualTheGoldenOnes() throws Exception {
    Golden golden = Golden.read();
    Outcomes a = Scores.of(golden.predictions("a")).outcomes().orElseThrow();
    Outcomes b = Scores.of(golden.predictions("b")).outcomes().orElseThrow();
    JsonNode draws = golden.json().get("bootstrap_indices");
    double[] differences = new double[draws.size()];
    SampleDraw draw = new SampleDraw(a.samples());
    for (int r = 0; r < differences.length; r++) {
      Iterator<JsonNode> indices = draws.get(r).elements();
      draw.redraw(bound -> indices.next().intValue());
      differences[r] = draw.share(a) - draw.share(b);
    }
    JsonNode expected = golden.json().get("paired_bootstrap");
    for (int r = 0; r < 10; r++) {
      assertThat(differences[r])
          .isCloseTo(expected.get("first_10_differences").get(r).doubleValue(), within(1e-12));
    }
    assertThat(Resamples.pValue(differences))
        .isCloseTo(expected.get("p_two_sided").doubleValue(), within(1e-12));
    assertClose(Interval.percentile(0, differences), expected.get("percentile_2.5_97.5_linear"));
  }

  @Test
  void aSampleMayBeDrawnEveryTime() {
    SampleDraw draw = new SampleDraw(1000);
    draw.redraw(bound -> 999);
    assertThat(draw.share(Samples.exactly(999, 1000).outcomes().orElseThrow())).isZero();
    assertThat(draw.share(Samples.exactly(1000, 1000).outcomes().orElseThrow())).isEqualTo(1);
    draw.redraw(bound -> 0);
    assertThat(draw.share(Samples.exactly(1, 1000).outcomes().orElseThrow())).isEqualTo(1);
  }

  private static void assertClose(Interval interval, JsonNode expected) {
    assertThat(interval.low()).isCloseTo(expected.get(0).doubleValue(), within(1e-12));
    assertThat(interval.high()).isCloseTo(expected.get(1).doubleValue(), within(1e-12));
  }
}
