package dev.kedge.report.page;

import dev.kedge.report.page.FrontierChart.Frame;
import dev.kedge.report.page.FrontierChart.Label;
import dev.kedge.report.page.FrontierChart.Mark;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Writes names beside their marks where there is room, the most important first. One that finds no
 * room is left out: its mark still tells it to whoever points at it, and the table has it.
 */
final class LabelPlacement {
  private static final double CHARACTER = 6.6;
  private static final double HEIGHT = 13;
  private static final double SPACE = 4;
  private static final double GAP = 9;
  private static final double MARK = 4;
  private static final double RING = 9;

  private final Frame frame;
  private final List<Rectangle2D> taken = new ArrayList<>();

  private LabelPlacement(Frame frame) {
    this.frame = frame;
  }

  /** What is written beside the mark with this label. */
  record Name(String label, String text) {}

  static List<Label> of(List<Mark> marks, List<Name> names, Frame frame) {
    LabelPlacement placement = new LabelPlacement(frame);
    marks.forEach(mark -> placement.taken.add(around(mark)));
    Map<String, Mark> byLabel =
        marks.stream().collect(Collectors.toMap(Mark::label, Function.identity()));
    List<Label> labels = new ArrayList<>();
    for (Name name : names) {
      placement.place(byLabel.get(name.label()), name.text()).ifPresent(labels::add);
    }
    return labels;
  }

  private Optional<Label> place(Mark mark, String text) {
    return gaps(mark)
        .mapToObj(gap -> places(mark, text.length() * CHARACTER, gap))
        .flatMap(List::stream)
        .filter(box -> inside(box) && taken.stream().noneMatch(box::intersects))
        .findFirst()
        .map(box -> written(box, mark, text));
  }

  /** What is recommended is named in any case, if need be from farther away. */
  private static DoubleStream gaps(Mark mark) {
    return mark.recommended()
        ? DoubleStream.of(RING + 3, RING + 13, RING + 23, RING + 33)
        : DoubleStream.of(GAP);
  }

  private Label written(Rectangle2D box, Mark mark, String text) {
    taken.add(box(box.getX() - SPACE, box.getY(), box.getWidth() + 2 * SPACE));
    // A text stands on its base line, three quarters down its box.
    double baseLine = box.getY() + 0.78 * HEIGHT;
    return new Label(tenth(box.getX()), tenth(baseLine), text, mark.recommended());
  }

  /** Up and to the right first: a trade-off curve bends away from there. */
  private static List<Rectangle2D> places(Mark mark, double width, double gap) {
    double right = mark.x() + gap;
    double left = mark.x() - gap - width;
    double centre = mark.x() - width / 2;
    double middle = mark.y() - HEIGHT / 2;
    double above = mark.y() - gap - HEIGHT + 2;
    double below = mark.y() + gap - 2;
    return List.of(
        box(right - 4, above + 2, width),
        box(right, middle, width),
        box(left + 4, below - 2, width),
        box(left, middle, width),
        box(centre, above, width),
        box(centre, below, width),
        box(right - 4, below - 2, width),
        box(left + 4, above + 2, width));
  }

  private static Rectangle2D box(double x, double y, double width) {
    return new Rectangle2D.Double(x, y, width, HEIGHT);
  }

  private static Rectangle2D around(Mark mark) {
    double reach = mark.recommended() ? RING : MARK;
    return new Rectangle2D.Double(mark.x() - reach, mark.y() - reach, 2 * reach, 2 * reach);
  }

  private boolean inside(Rectangle2D box) {
    return box.getMinX() >= frame.left()
        && box.getMaxX() <= frame.right()
        && box.getMinY() >= frame.top()
        && box.getMaxY() <= frame.bottom();
  }

  private static double tenth(double pixel) {
    return Math.round(10 * pixel) / 10.0;
  }
}
