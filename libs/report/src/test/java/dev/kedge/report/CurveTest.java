package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.report.Frontier.Place;
import dev.kedge.report.TradeOff.Places;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final Point BASE = point("base");
  private static final Point LOW = point("low");
  private static final Point HIGH = point("high");
  private static final Map<String, Place> AT =
      Map.of(
          "base", new Place("base", 0.5, 0.8),
          "low", new Place("low", 0.6, 0.7),
          "high", new Place("high", 0.9, 0.4));
  private static final Places PLACES = point -> AT.get(point.label());

  @Test
  void betweenItsPointsItIsStraight() {
    Curve curve = new Curve(List.of(HIGH, BASE, LOW));
    assertThat(curve.reach(PLACES)).isEqualTo(0.9);
    assertThat(curve.generality(0.55, PLACES)).isCloseTo(0.75, within(1e-12));
    assertThat(curve.generality(0.6, PLACES)).isCloseTo(0.7, within(1e-12));
    assertThat(curve.generality(0.8, PLACES)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void beyondItsEndsItIsAsTheyAre() {
    Curve curve = new Curve(List.of(BASE, LOW));
    assertThat(curve.generality(0.1, PLACES)).isEqualTo(0.8);
    assertThat(curve.generality(0.95, PLACES)).isEqualTo(0.7);
  }

  private static Point point(String label) {
    return Samples.point(label, Samples.run(label, 0, Map.of()));
  }
}
