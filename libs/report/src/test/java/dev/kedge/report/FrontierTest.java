package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.report.Frontier.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontierTest {
  private static final Frontier FRONTIER =
      new Frontier(
          List.of(
              new Place("full", 0.9, 0.4),
              new Place("base", 0.5, 0.8),
              new Place("worse than wise", 0.7, 0.6),
              new Place("wise", 0.8, 0.7),
              new Place("as special as base", 0.5, 0.7)));

  @Test
  void onlyPlacesThatNoneDominatesAreOnIt() {
    assertThat(FRONTIER.places()).extracting(Place::label).containsExactly("base", "wise", "full");
    assertThat(FRONTIER.contains("wise")).isTrue();
    assertThat(FRONTIER.contains("worse than wise")).isFalse();
  }

  @Test
  void equalPlacesAreBothOnIt() {
    Frontier frontier = new Frontier(List.of(new Place("a", 0.5, 0.5), new Place("b", 0.5, 0.5)));
    assertThat(frontier.places()).hasSize(2);
    assertThat(frontier.hypervolume()).isEqualTo(0.25);
  }

  @Test
  void aPlaceBeyondTheReferencePointDominatesNothing() {
    Frontier frontier = new Frontier(List.of(new Place("a", -0.5, 0.9), new Place("b", 0.5, -0.1)));
    assertThat(frontier.hypervolume()).isZero();
  }

  @Test
  void theHypervolumeIsTheAreaUnderTheSteps() {
    assertThat(FRONTIER.hypervolume()).isCloseTo(0.5 * 0.8 + 0.3 * 0.7 + 0.1 * 0.4, within(1e-12));
  }
}
