package dev.kedge.report;

import java.util.List;
import java.util.Optional;

/**
 * All that was measured: every run of every point on every suite, on the same samples.
 *
 * @param reference label of the point that others are compared with beside the base; may be empty
 */
public record Evidence(List<Suite> suites, List<Point> points, String reference) {

  /**
   * Checks that it is complete.
   *
   * @throws IllegalArgumentException naming the run and the suite where scores are missing or speak
   *     of other samples
   */
  public Evidence {
    suites = List.copyOf(suites);
    points = List.copyOf(points);
    if (points.isEmpty() || suites.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured: no point or no suite");
    }
    for (Suite suite : suites) {
      check(suite, points);
    }
  }

  /** The model that everything starts from, if it was measured. */
  public Optional<Point> base() {
    return points.stream().filter(Point::isBase).findFirst();
  }

  /** The point that others are compared with beside the base, if it was measured. */
  public Optional<Point> referencePoint() {
    return points.stream().filter(point -> point.label().equals(reference)).findFirst();
  }

  /** The suites with this role and use; a mean over them is unweighted. */
  public List<Suite> suites(Role role, Use use) {
    return suites.stream().filter(s -> s.role() == role && s.use() == use).toList();
  }

  /** The different seeds, rising. */
  public List<Long> seeds() {
    return points.stream()
        .flatMap(point -> point.runs().stream())
        .flatMapToLong(run -> run.seed().stream())
        .sorted()
        .distinct()
        .boxed()
        .toList();
  }

  private static void check(Suite suite, List<Point> points) {
    Scores first = points.get(0).runs().get(0).scores().get(suite.id());
    for (Point point : points) {
      for (Run run : point.runs()) {
        Scores scores = run.scores().get(suite.id());
        if (scores == null || first == null || !scores.sameSamples(first)) {
          throw new IllegalArgumentException(
              "'%s' %s suite '%s': evaluate it again"
                  .formatted(
                      run.candidate(),
                      scores == null ? "was not evaluated on" : "saw other samples than others of",
                      suite.id()));
        }
      }
    }
  }
}
