package dev.kedge.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was measured: every run of every point on every suite, on the same samples.
 *
 * @param reference label of the point that others are compared with beside the base; may be empty
 */
public record Evidence(List<Suite> suites, List<Point> points, String reference) {

  /**
   * Checks that it is complete and that every role has one scale.
   *
   * @throws IllegalArgumentException naming the run and the suite where scores are missing, speak
   *     of other samples or measure something else; or two suites of one role with different units
   */
  public Evidence {
    suites = List.copyOf(suites);
    points = List.copyOf(points);
    if (points.isEmpty() || suites.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured: no point or no suite");
    }
    for (Role role : Role.values()) {
      checkScale(role, suites.stream().filter(suite -> suite.role() == role).toList());
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

  /** The points of each method and of each average of one, in their order; not the base. */
  public Map<String, List<Point>> ways() {
    Map<String, List<Point>> ways = new LinkedHashMap<>();
    points.stream()
        .filter(point -> !point.isBase())
        .forEach(point -> ways.computeIfAbsent(point.way(), way -> new ArrayList<>()).add(point));
    return ways;
  }

  /** The suites with this role and use; a mean over them is unweighted. */
  public List<Suite> suites(Role role, Use use) {
    return suites.stream().filter(s -> s.role() == role && s.use() == use).toList();
  }

  /**
   * The point of a label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Point point(String label) {
    return points.stream()
        .filter(point -> point.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no point '" + label + "'"));
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

  /** The seeds that other points have and this one lacks; none where it has no seed at all. */
  public List<Long> missingSeeds(Point point) {
    List<Long> own = point.runs().stream().flatMapToLong(r -> r.seed().stream()).boxed().toList();
    return own.isEmpty()
        ? List.of()
        : seeds().stream().filter(seed -> !own.contains(seed)).toList();
  }

  private static void checkScale(Role role, List<Suite> suites) {
    for (Suite suite : suites) {
      Suite first = suites.get(0);
      if (suite.measure().scale() != first.measure().scale()) {
        throw new IllegalArgumentException(
            ("suites '%s' (%s) and '%s' (%s) both have the role %s, but a mean over them has no"
                    + " unit: let all suites of a role measure accuracies, or all bits per byte")
                .formatted(first.id(), first.measure(), suite.id(), suite.measure(), role));
      }
    }
  }

  private static void check(Suite suite, List<Point> points) {
    Scores first = points.get(0).runs().get(0).scores().get(suite.id());
    for (Point point : points) {
      for (Run run : point.runs()) {
        problem(run.scores().get(suite.id()), first, suite)
            .ifPresent(
                problem -> {
                  throw new IllegalArgumentException(
                      "'%s' %s suite '%s': evaluate it again"
                          .formatted(run.candidate(), problem, suite.id()));
                });
      }
    }
  }

  private static Optional<String> problem(Scores scores, Scores first, Suite suite) {
    if (scores == null) {
      return Optional.of("was not evaluated on");
    }
    if (scores.measure() != suite.measure()) {
      return Optional.of("has %s in place of %s on".formatted(scores.measure(), suite.measure()));
    }
    return scores.sameSamples(first)
        ? Optional.empty()
        : Optional.of("saw other samples than others of");
  }
}
