package dev.kedge.report.page;

import static java.util.stream.Collectors.joining;

import dev.kedge.report.page.FrontierChart.Frame;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is shown beside a point of the plane while somebody points at it, has walked to it by
 * keyboard or has tapped it. Its text breaks into lines by itself, and stands on that side of the
 * box that is near the point.
 *
 * @param above whether the box is above the point, or below it
 * @param speciality the value and its interval, as is {@code generality}
 * @param checkpoint what holds the weights, in words; empty where the report does not say
 */
public record Tip(
    int x,
    int y,
    boolean above,
    String label,
    String speciality,
    String generality,
    String checkpoint) {
  private static final int WIDTH = 240;
  private static final int HEIGHT = 150;
  private static final int GAP = 14;
  private static final int MOST_CANDIDATES = 3;
  private static final int MOST_DIGITS = 13;

  /** Of the point that is at pixel (x, y), on the side that has more room. */
  static Tip of(TradeOffPoint point, Report report, Plane plane, double x, double y, Frame frame) {
    boolean above = y > frame.middle();
    double left = Math.max(0, Math.min(x - WIDTH / 2.0, frame.right() - WIDTH));
    return new Tip(
        (int) Math.round(left),
        (int) Math.round(above ? y - GAP - HEIGHT : y + GAP),
        above,
        point.getLabel(),
        told(plane.speciality(), point.getSpeciality()),
        told(plane.generality(), point.getGenerality()),
        checkpoint(point, report));
  }

  private static String told(Figures figures, Estimate estimate) {
    return "%s (%s)".formatted(figures.value(estimate.getValue()), figures.range(estimate));
  }

  /** A report knows the recommended point's files alone; commands know others by candidates. */
  private static String checkpoint(TradeOffPoint point, Report report) {
    List<String> candidates = point.getCandidatesList();
    String all =
        candidates.stream().limit(MOST_CANDIDATES).collect(joining(", "))
            + (candidates.size() > MOST_CANDIDATES
                ? " and %d more".formatted(candidates.size() - MOST_CANDIDATES)
                : "");
    String files = point.getRecommended() ? report.getRecommendedCheckpoint() : "";
    return Stream.of(
            files.isEmpty() ? "" : "checkpoint " + digits(files),
            all.isEmpty() ? "" : (candidates.size() > 1 ? "candidates " : "candidate ") + all)
        .filter(part -> !part.isEmpty())
        .collect(joining(", "));
  }

  private static String digits(String name) {
    String digest = name.replaceFirst(".*[/:]", "");
    return digest.length() <= MOST_DIGITS ? digest : digest.substring(0, MOST_DIGITS) + "…";
  }

  /** Pixels. */
  public int width() {
    return WIDTH;
  }

  /** Pixels. */
  public int height() {
    return HEIGHT;
  }

  /** All of it, for those who cannot see it. */
  public String text() {
    return "%s: speciality %s, generality %s%s"
        .formatted(label, speciality, generality, checkpoint.isEmpty() ? "" : ", " + checkpoint);
  }
}
