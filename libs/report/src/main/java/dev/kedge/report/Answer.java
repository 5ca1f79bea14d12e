package dev.kedge.report;

import dev.kedge.report.Frontier.Place;
import dev.kedge.v1.Comparison;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the answer: every point with its intervals, the frontier, the recommendation. */
public final class Answer {
  private static final int SEEDS_FOR_A_CLAIM = 5;

  private final Evidence evidence;
  private final Choice choice;
  private final Resamples resamples;
  private final SuiteScores suiteScores;
  private final List<Suite> speciality;
  private final List<Suite> generality;
  private final Frontier frontier;

  private Answer(Evidence evidence, Choice choice, long bootstrapSeed) {
    this.evidence = evidence;
    this.choice = choice;
    resamples = CrossedBootstrap.of(evidence, bootstrapSeed);
    suiteScores = new SuiteScores(evidence, resamples);
    speciality = evidence.suites(Role.SPECIALITY, Use.REPORT);
    generality = evidence.suites(Role.GENERALITY, Use.REPORT);
    frontier = frontier();
  }

  /**
   * Makes the message, all but {@code recommended_checkpoint}, which is the caller's to name.
   *
   * @param lineage where the numbers come from, by name
   */
  public static Report of(
      Evidence evidence,
      Choice choice,
      String title,
      Map<String, String> lineage,
      long bootstrapSeed) {
    return new Answer(evidence, choice, bootstrapSeed).report(title, lineage);
  }

  private Report report(String title, Map<String, String> lineage) {
    return Report.newBuilder()
        .setTitle(title)
        .addAllPoints(points())
        .setRecommended(choice.label())
        .setRule(choice.rule())
        .addAllNotes(notes())
        .setHypervolume(frontier.hypervolume())
        .setSeeds(evidence.seeds().size())
        .setReference(evidence.reference())
        .putAllLineage(lineage)
        .build();
  }

  private List<TradeOffPoint> points() {
    Comparator<TradeOffPoint> byGenerality =
        Comparator.comparingDouble(point -> -point.getGenerality().getValue());
    return evidence.points().stream().map(this::point).sorted(byGenerality).toList();
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(choice.notes());
    int seeds = evidence.seeds().size();
    if (seeds < SEEDS_FOR_A_CLAIM) {
      notes.add(
          "%d %s: conditional on these runs. A claim about a method needs at least %d seeds."
              .formatted(seeds, seeds == 1 ? "seed" : "seeds", SEEDS_FOR_A_CLAIM));
    }
    return notes;
  }

  private TradeOffPoint point(Point point) {
    TradeOffPoint.Builder answer =
        TradeOffPoint.newBuilder()
            .setLabel(point.label())
            .setMethod(point.method())
            .setAverage(point.average())
            .setOnFrontier(frontier.contains(point.label()))
            .setRecommended(point.label().equals(choice.label()))
            .setComputeSeconds(
                point.runs().stream().mapToDouble(Run::computeSeconds).average().orElseThrow());
    point.alpha().ifPresent(answer::setAlpha);
    point.runs().forEach(run -> run.seed().ifPresent(answer::addSeeds));
    point.runs().forEach(run -> answer.addCandidates(run.candidate()));
    accuracy(point, speciality).ifPresent(answer::setSpeciality);
    accuracy(point, generality).ifPresent(answer::setGenerality);
    comparison(point, evidence.base()).ifPresent(answer::setAgainstBase);
    comparison(point, evidence.referencePoint()).ifPresent(answer::setAgainstReference);
    return answer.addAllSuites(suiteScores.of(point)).build();
  }

  private Optional<Comparison> comparison(Point point, Optional<Point> measured) {
    return measured
        .filter(other -> !other.equals(point))
        .map(
            other -> {
              Comparison.Builder comparison = Comparison.newBuilder();
              difference(point, other, speciality).ifPresent(comparison::setSpeciality);
              difference(point, other, generality).ifPresent(comparison::setGenerality);
              return comparison.build();
            });
  }

  private Optional<Estimate> accuracy(Point point, List<Suite> suites) {
    return suites.isEmpty()
        ? Optional.empty()
        : Optional.of(estimate(resamples.accuracy(point, suites)));
  }

  private Optional<Estimate> difference(Point point, Point other, List<Suite> suites) {
    return suites.isEmpty()
        ? Optional.empty()
        : Optional.of(estimate(resamples.difference(point, other, suites)));
  }

  /** Empty where one of the two roles has no REPORT data: there is no plane to draw. */
  private Frontier frontier() {
    if (speciality.isEmpty() || generality.isEmpty()) {
      return new Frontier(List.of());
    }
    return new Frontier(
        evidence.points().stream()
            .map(p -> new Place(p.label(), p.accuracy(speciality), p.accuracy(generality)))
            .toList());
  }

  static Estimate estimate(Interval interval) {
    return Estimate.newBuilder()
        .setValue(interval.value())
        .setLow(interval.low())
        .setHigh(interval.high())
        .build();
  }
}
