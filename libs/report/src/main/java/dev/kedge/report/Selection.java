package dev.kedge.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The rule that recommends: the highest generality among the points near the best speciality. It
 * sees SELECT data alone; REPORT data is only ever reported.
 */
public final class Selection {
  private final Evidence evidence;
  private final double tolerance;
  private final long seed;
  private final List<Suite> speciality;
  private final List<Suite> generality;
  private final List<String> notes = new ArrayList<>();

  private Selection(Evidence evidence, double withinPoints, long seed) {
    this.evidence = evidence;
    this.tolerance = withinPoints / 100;
    this.seed = seed;
    speciality = evidence.suites(Role.SPECIALITY, Use.SELECT);
    generality = evidence.suites(Role.GENERALITY, Use.SELECT);
  }

  /**
   * Applies the rule.
   *
   * @param withinPoints points of speciality that may be given up against the best, percent points
   *     or hundredths of a bit per byte; widened to one paired standard error where that is more
   * @param seed of the bootstrap that gives the standard error
   */
  public static Choice choose(Evidence evidence, double withinPoints, long seed) {
    if (!(withinPoints >= 0)) {
      throw new IllegalArgumentException(
          "within_points_of_best_speciality is " + withinPoints + ", but cannot be negative");
    }
    if (!isPossible(evidence)) {
      return withoutData(evidence);
    }
    Evidence seen = withoutReported(evidence);
    Choice choice = new Selection(seen, withinPoints, seed).choose();
    return choice.withOfWays(ofWays(seen, withinPoints, seed));
  }

  /** What the rule may see: not even the random numbers that draw from it come from REPORT data. */
  private static Evidence withoutReported(Evidence evidence) {
    List<Suite> seen =
        evidence.suites().stream().filter(suite -> suite.use() == Use.SELECT).toList();
    return new Evidence(seen, evidence.points(), evidence.reference());
  }

  /** What the rule chooses where a method, or an average of one, is alone. */
  private static Map<String, String> ofWays(Evidence evidence, double withinPoints, long seed) {
    Map<String, String> chosen = new LinkedHashMap<>();
    evidence
        .ways()
        .forEach(
            (way, points) -> {
              Evidence alone = new Evidence(evidence.suites(), points, evidence.reference());
              chosen.put(way, new Selection(alone, withinPoints, seed).choose().label());
            });
    return chosen;
  }

  /** Whether there is data to choose by. */
  public static boolean isPossible(Evidence evidence) {
    return !evidence.suites(Role.SPECIALITY, Use.SELECT).isEmpty();
  }

  private Choice choose() {
    Point best = best(evidence.points(), speciality);
    return generality.isEmpty() ? bySpeciality(best) : byGenerality(best);
  }

  private Choice byGenerality(Point best) {
    Point chosen = best(near(best), generality);
    String rule =
        ("%s generality (%s) among the points within %s of the best speciality (%s), both on SELECT"
                + " data.")
            .formatted(
                superlative(generality), names(generality), points(tolerance), names(speciality));
    return choice(chosen, generality, rule);
  }

  private Choice bySpeciality(Point best) {
    notes.add(
        "There is no SELECT data for generality: speciality alone chose. To choose by generality,"
            + " add an evaluation with role GENERALITY and use SELECT.");
    return choice(
        best,
        speciality,
        "%s speciality (%s) on SELECT data.".formatted(superlative(speciality), names(speciality)));
  }

  /** What is shown where there is no data to choose by: the reference. */
  public static Choice withoutData(Evidence evidence) {
    if (evidence.points().size() == 1) {
      Point only = evidence.points().get(0);
      return new Choice(
          only.label(),
          only.runs().get(0).candidate(),
          "The only point: there was nothing to choose.",
          List.of(),
          Map.of());
    }
    Point shown = evidence.referencePoint().orElse(evidence.points().get(0));
    return new Choice(
        shown.label(),
        shown.runs().get(0).candidate(),
        "No SELECT data: the reference is shown, it was not chosen.",
        List.of(
            "There is no SELECT data for speciality, so nothing could choose. Set"
                + " validation_fraction, or add an evaluation with role SPECIALITY and use"
                + " SELECT."),
        Map.of());
  }

  private List<Point> near(Point best) {
    Resamples resamples = CrossedBootstrap.of(evidence, seed);
    List<Point> near = new ArrayList<>();
    double widest = 0;
    for (Point point : evidence.points()) {
      double error = resamples.standardError(best, point, speciality);
      double given = Scale.of(speciality).loss(point.value(speciality), best.value(speciality));
      if (given <= Math.max(tolerance, error)) {
        near.add(point);
        widest = Math.max(widest, given);
      }
    }
    if (widest > tolerance) {
      notes.add(
          ("The tolerance of %s is smaller than one paired standard error of some points; for those"
                  + " it was widened to that error, up to a loss of %s.")
              .formatted(points(tolerance), points(widest)));
    }
    return near;
  }

  private Choice choice(Point point, List<Suite> measure, String rule) {
    Run run = point.runs().get(0);
    if (point.runs().size() > 1) {
      run = bestRun(point, measure);
      notes.add(
          ("Of the %d seeds of '%s', seed %d did best by the same measure on SELECT data;"
                  + " that checkpoint is the one to export.")
              .formatted(point.runs().size(), point.label(), run.seed().orElse(0)));
    }
    return new Choice(point.label(), run.candidate(), rule, notes, Map.of());
  }

  /** The best by the suites; of equal ones the more special, then the first. */
  private Point best(List<Point> points, List<Suite> suites) {
    Comparator<Point> bySuites = Comparator.comparingDouble(point -> point.gain(suites));
    Comparator<Point> order =
        bySuites.thenComparing(Comparator.comparingDouble(point -> point.gain(speciality)));
    return points.stream().reduce((a, b) -> order.compare(b, a) > 0 ? b : a).orElseThrow();
  }

  private static Run bestRun(Point point, List<Suite> suites) {
    Comparator<Run> order = Comparator.comparingDouble(run -> gain(run, suites));
    return point.runs().stream().reduce((a, b) -> order.compare(b, a) > 0 ? b : a).orElseThrow();
  }

  private static double gain(Run run, List<Suite> suites) {
    double value =
        suites.stream().mapToDouble(s -> run.scores().get(s.id()).value()).average().orElse(0);
    return Scale.of(suites).gain(value);
  }

  private static String names(List<Suite> suites) {
    return suites.stream().map(Suite::id).collect(Collectors.joining(", "));
  }

  private static String superlative(List<Suite> suites) {
    return Scale.of(suites).lowerIsBetter() ? "Best (lowest)" : "Highest";
  }

  /** What may be given up of speciality, in words. */
  private String points(double loss) {
    return Scale.of(speciality).points(loss);
  }
}
