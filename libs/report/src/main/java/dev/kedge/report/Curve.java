package dev.kedge.report;

import dev.kedge.report.Frontier.Place;
import dev.kedge.report.TradeOff.Places;
import java.util.Comparator;
import java.util.List;

/**
 * A broken line through points of the trade-off plane, in the order of rising speciality: which of
 * them is better plays no part, so that nothing is chosen by what is measured.
 */
record Curve(List<Point> points) {
  private static final Comparator<Place> RISING =
      Comparator.comparingDouble(Place::speciality).thenComparing(Place::generality);

  /** The highest speciality on it. */
  double reach(Places at) {
    return points.stream().mapToDouble(point -> at.of(point).speciality()).max().orElseThrow();
  }

  /** Its generality at a speciality; beyond an end, that of the end. */
  double generality(double speciality, Places at) {
    Place below = null;
    for (Place place : points.stream().map(at::of).sorted(RISING).toList()) {
      if (place.speciality() > speciality) {
        return below == null ? place.generality() : between(below, place, speciality);
      }
      below = place;
    }
    return below.generality();
  }

  private static double between(Place below, Place above, double speciality) {
    double share = (speciality - below.speciality()) / (above.speciality() - below.speciality());
    return below.generality() + share * (above.generality() - below.generality());
  }
}
