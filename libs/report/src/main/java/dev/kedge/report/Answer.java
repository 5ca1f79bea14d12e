package dev.kedge.report;

import dev.kedge.v1.Estimate;
import dev.kedge.v1.MethodChoice;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the answer: every point with its intervals, the frontier, the recommendation. */
public final class Answer {
  private final Evidence evidence;
  private final Optional<Choice> choice;
  private final Resamples resamples;
  private final SuiteScores suiteScores;
  private final PairedComparisons againstBase;
  private final PairedComparisons againstReference;
  private final List<Suite> speciality;
  private final List<Suite> generality;
  private final Optional<TradeOff> plane;
  private final Frontier frontier;
  private final Optional<StudyRobustness> robustness;

  private Answer(Evidence evidence, Optional<Choice> choice, long bootstrapSeed) {
    this.evidence = evidence;
    this.choice = choice;
    resamples = CrossedBootstrap.of(evidence, bootstrapSeed);
    suiteScores = new SuiteScores(evidence, resamples);
    againstBase = against(evidence.base(), evidence.points());
    againstReference = against(evidence.referencePoint(), evidence.points());
    speciality = evidence.suites(Role.SPECIALITY, Use.REPORT);
    generality = evidence.suites(Role.GENERALITY, Use.REPORT);
    plane = TradeOff.of(evidence, resamples);
    frontier = plane.map(p -> p.frontier(p.measured())).orElse(new Frontier(List.of()));
    robustness = plane.map(p -> new StudyRobustness(evidence, p));
  }

  /**
   * Makes the message, all but {@code recommended_checkpoint}, which is the caller's to name.
   *
   * @param choice what SELECT recommends; empty where it was skipped, so that nothing is
   *     recommended
   * @param lineage where the numbers come from, by name
   */
  public static Report of(
      Evidence evidence,
      Optional<Choice> choice,
      String title,
      Map<String, String> lineage,
      long bootstrapSeed) {
    return new Answer(evidence, choice, bootstrapSeed).report(title, lineage);
  }

  private PairedComparisons against(Optional<Point> other, List<Point> points) {
    return PairedComparisons.with(other, points, evidence, resamples);
  }

  private Report report(String title, Map<String, String> lineage) {
    Report.Builder report =
        Report.newBuilder()
            .setTitle(title)
            .addAllPoints(points())
            .addAllChoices(choice.map(this::choices).orElse(List.of()))
            .setChosenReference(choice.flatMap(this::chosenReference).map(Point::label).orElse(""))
            .setRecommended(choice.map(Choice::label).orElse(""))
            .setRule(choice.map(Choice::rule).orElse("Nothing is recommended."))
            .addAllNotes(new Notes(evidence, choice).all())
            .setHypervolume(frontier.hypervolume())
            .setSeeds(evidence.seeds().size())
            .setReference(evidence.reference())
            .putAllLineage(lineage);
    if (!speciality.isEmpty()) {
      report.setSpecialityScale(Scale.of(speciality).message());
    }
    if (!generality.isEmpty()) {
      report.setGeneralityScale(Scale.of(generality).message());
    }
    plane.ifPresent(p -> addWhatFollows(report, p));
    return report.build();
  }

  /** What follows from where the points lie. */
  private void addWhatFollows(Report.Builder report, TradeOff plane) {
    report
        .setHypervolumeInterval(
            estimate(plane.statistic(at -> plane.frontier(at).hypervolume()).interval()))
        .setRobustness(robustness.orElseThrow().line());
    MatchedSpeciality.of(evidence, plane)
        .ifPresent(
            matched ->
                report
                    .addAllMatched(matched.withReference())
                    .addAllAverages(matched.withAverages()));
  }

  private List<TradeOffPoint> points() {
    Comparator<Point> byGenerality =
        Comparator.comparingDouble(point -> generality.isEmpty() ? 0 : -point.gain(generality));
    return evidence.points().stream().sorted(byGenerality).map(this::point).toList();
  }

  /** What was chosen of every method, with tests that are corrected over these points alone. */
  private List<MethodChoice> choices(Choice choice) {
    Map<String, List<Point>> ways = evidence.ways();
    if (ways.values().stream().allMatch(points -> points.size() == 1)) {
      return List.of();
    }
    Map<String, Point> chosen = new LinkedHashMap<>();
    choice.ofWays().forEach((way, label) -> chosen.put(way, evidence.point(label)));
    List<Point> points = List.copyOf(chosen.values());
    PairedComparisons toBase = against(evidence.base(), points);
    PairedComparisons toReference = against(chosenReference(choice), points);
    List<MethodChoice> choices = new ArrayList<>();
    chosen.forEach(
        (way, point) -> {
          MethodChoice.Builder one =
              MethodChoice.newBuilder()
                  .setLabel(way)
                  .setCandidates(ways.get(way).size())
                  .setPoint(point.label());
          toBase.of(point).ifPresent(one::setAgainstBase);
          toReference.of(point).ifPresent(one::setAgainstReference);
          choices.add(one.build());
        });
    return choices;
  }

  /** What is chosen of the reference's method: it had its choice as the others had theirs. */
  private Optional<Point> chosenReference(Choice choice) {
    return evidence
        .referencePoint()
        .map(reference -> choice.ofWays().get(reference.way()))
        .map(evidence::point);
  }

  private TradeOffPoint point(Point point) {
    TradeOffPoint.Builder answer =
        TradeOffPoint.newBuilder()
            .setLabel(point.label())
            .setMethod(point.method())
            .setAverage(point.average())
            .setOnFrontier(frontier.contains(point.label()))
            .setRecommended(choice.filter(c -> c.label().equals(point.label())).isPresent())
            .addAllMissingSeeds(evidence.missingSeeds(point))
            .setComputeSeconds(
                point.runs().stream().mapToDouble(Run::computeSeconds).average().orElseThrow());
    point.alpha().ifPresent(answer::setAlpha);
    point.runs().forEach(run -> run.seed().ifPresent(answer::addSeeds));
    point.runs().forEach(run -> answer.addCandidates(run.candidate()));
    value(point, speciality).ifPresent(answer::setSpeciality);
    value(point, generality).ifPresent(answer::setGenerality);
    robustness
        .flatMap(line -> line.of(point))
        .ifPresent(beyond -> answer.setEffectiveRobustness(estimate(beyond)));
    againstBase.of(point).ifPresent(answer::setAgainstBase);
    againstReference.of(point).ifPresent(answer::setAgainstReference);
    return answer.addAllSuites(suiteScores.of(point)).build();
  }

  private Optional<Estimate> value(Point point, List<Suite> suites) {
    return suites.isEmpty()
        ? Optional.empty()
        : Optional.of(estimate(resamples.value(point, suites)));
  }

  static Estimate estimate(Interval interval) {
    return Estimate.newBuilder()
        .setValue(interval.value())
        .setLow(interval.low())
        .setHigh(interval.high())
        .build();
  }
}
