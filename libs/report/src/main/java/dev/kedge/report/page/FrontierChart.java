package dev.kedge.report.page;

import dev.kedge.report.page.Axis.Tick;
import java.util.List;

/**
 * The trade-off plane as an SVG picture: coordinates are pixels from its upper left corner.
 *
 * @param size class of the style sheet: shown on wide or on narrow screens
 * @param frontier the path of the frontier's steps
 * @param description what it shows, for those who cannot see it
 */
public record FrontierChart(
    String size,
    int width,
    int height,
    Frame frame,
    List<Tick> xTicks,
    List<Tick> yTicks,
    String frontier,
    List<Curve> curves,
    List<Mark> marks,
    List<Label> labels,
    String description) {

  /** The plane's edges. */
  public record Frame(int left, int top, int right, int bottom) {
    /** The middle between left and right. */
    public int centre() {
      return (left + right) / 2;
    }

    /** The middle between top and bottom. */
    public int middle() {
      return (top + bottom) / 2;
    }
  }

  /** Averages of one method from the base (α = 0) to the fine-tuned model (α = 1). */
  public record Curve(String colour, String points) {}

  /** Whether every point has its cross, or only those that others are compared with. */
  public boolean crossed() {
    return marks.stream().allMatch(Mark::crossed);
  }

  /**
   * One point, and the cross of its intervals.
   *
   * @param crossed whether the cross is drawn: those of many points would hide them
   * @param kind class of the style sheet: base, plain or average
   * @param reach pixels from it within which it is pointed at
   */
  public record Mark(
      String label,
      String kind,
      String colour,
      boolean recommended,
      boolean crossed,
      Tip tip,
      double reach,
      double x,
      double y,
      double left,
      double right,
      double top,
      double bottom) {}

  /** A mark's name. */
  public record Label(double x, double y, String text, boolean recommended) {}
}
