package dev.kedge.report;

import java.util.Comparator;
import java.util.List;

/**
 * The places on the trade-off plane than which no other is better in one and as good in the other.
 */
public record Frontier(List<Place> places) {

  /** Where a point lies; both turned so that more is better, as {@link Scale#gain} does. */
  public record Place(String label, double speciality, double generality) {
    private boolean dominates(Place other) {
      return speciality >= other.speciality
          && generality >= other.generality
          && (speciality > other.speciality || generality > other.generality);
    }
  }

  /** Keeps the non-dominated places, in the order of rising speciality. */
  public Frontier {
    List<Place> all = List.copyOf(places);
    places =
        all.stream()
            .filter(place -> all.stream().noneMatch(other -> other.dominates(place)))
            .sorted(Comparator.comparingDouble(Place::speciality))
            .toList();
  }

  /** True where the label's place is on it. */
  public boolean contains(String label) {
    return places.stream().anyMatch(place -> place.label().equals(label));
  }

  /**
   * Area that is dominated, with (0, 0) as the reference point: a share of the unit square. Places
   * beyond the reference dominate nothing.
   */
  public double hypervolume() {
    double area = 0;
    double left = 0;
    for (Place place : places) {
      double right = Math.max(left, place.speciality());
      area += (right - left) * Math.max(0, place.generality());
      left = right;
    }
    return area;
  }
}
