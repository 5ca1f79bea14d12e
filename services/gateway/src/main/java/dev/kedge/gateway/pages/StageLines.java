package dev.kedge.gateway.pages;

import dev.kedge.gateway.pages.StageGraph.Line;
import dev.kedge.gateway.pages.StageGraph.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Draws lines between boxes and through none: columns on the way are passed between two of their
 * boxes, or below the last one. Lines from different boxes keep apart there as long as there is
 * room.
 */
final class StageLines {
  /** Pixels between two lines, and between a line and a box. */
  private static final int APART = 3;

  private static final int GAP = StageGraph.COLUMN - StageGraph.WIDTH;

  private final List<Integer> rows;
  private final int bottom;

  /** By column and pixel from above: where the line there comes from. */
  private final Map<Integer, Map<Integer, Place>> taken = new HashMap<>();

  /**
   * @param rows how many boxes each column has
   */
  StageLines(List<Integer> rows) {
    this.rows = rows;
    this.bottom = StageGraph.ROW * rows.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  Line between(Place from, Place to) {
    int y = middle(from);
    StringBuilder path =
        new StringBuilder("M%d %d".formatted(from.x() + StageGraph.WIDTH, middle(from)));
    for (int column = from.column() + 1; column < to.column(); column++) {
      int next = free(column, y + (middle(to) - y) / (to.column() - column + 1), from);
      int x = new Place(column, 0).x();
      path.append(curve(x, y, next)).append("H").append(x + StageGraph.WIDTH);
      y = next;
    }
    return new Line(path.append(curve(to.x(), y, middle(to))).toString());
  }

  /** Across the gap before a column, where no boxes are. */
  private static String curve(int x, int from, int to) {
    return "C%1$d %2$d %1$d %3$d %4$d %3$d".formatted(x - GAP / 2, from, to, x);
  }

  private static int middle(Place place) {
    return place.y() + StageGraph.HEIGHT / 2;
  }

  /** Where a column can be passed, as near as possible to where the line would go by itself. */
  private int free(int column, int wanted, Place from) {
    Map<Integer, Place> others = taken.computeIfAbsent(column, any -> new HashMap<>());
    Comparator<Integer> nearest = Comparator.comparingInt(y -> Math.abs(y - wanted));
    List<Integer> ways =
        IntStream.range(StageGraph.EDGE, bottom + StageGraph.EDGE)
            .filter(y -> isFree(y - StageGraph.EDGE, rows.get(column)))
            .boxed()
            .sorted(nearest)
            .toList();
    int way =
        ways.stream()
            .filter(y -> isAlone(y, from, others))
            .findFirst()
            .orElseGet(() -> ways.get(0));
    others.putIfAbsent(way, from);
    return way;
  }

  private static boolean isFree(int y, int boxes) {
    int within = y % StageGraph.ROW;
    return (within >= StageGraph.HEIGHT + APART && within <= StageGraph.ROW - APART)
        || y >= boxes * StageGraph.ROW;
  }

  /** Lines that come from the same box may be one for a while. */
  private static boolean isAlone(int y, Place from, Map<Integer, Place> others) {
    return IntStream.rangeClosed(y - APART + 1, y + APART - 1)
        .mapToObj(others::get)
        .allMatch(other -> other == null || other.equals(from));
  }
}
