package dev.kedge.report;

import static java.util.stream.Collectors.joining;

import dev.kedge.report.Frontier.Place;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Report;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes the answer: every point with its intervals, the frontier, the recommendation. */
public final class Answer {
  private static final int SEEDS_FOR_A_CLAIM = 5;
  private static final String UNCHOSEN =
      "The SELECT stage was skipped, and REPORT data never chooses: so no point is recommended. To"
          + " have one recommended, retry that stage.";

  private final Evidence evidence;
  private final Optional<Choice> choice;
  private final Resamples resamples;
  private final SuiteScores suiteScores;
  private final PairedComparisons againstBase;
  private final PairedComparisons againstReference;
  private final List<Suite> speciality;
  private final List<Suite> generality;
  private final Frontier frontier;

  private Answer(Evidence evidence, Optional<Choice> choice, long bootstrapSeed) {
    this.evidence = evidence;
    this.choice = choice;
    resamples = CrossedBootstrap.of(evidence, bootstrapSeed);
    suiteScores = new SuiteScores(evidence, resamples);
    againstBase = PairedComparisons.with(evidence.base(), evidence, resamples);
    againstReference = PairedComparisons.with(evidence.referencePoint(), evidence, resamples);
    speciality = evidence.suites(Role.SPECIALITY, Use.REPORT);
    generality = evidence.suites(Role.GENERALITY, Use.REPORT);
    frontier = frontier();
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

  private Report report(String title, Map<String, String> lineage) {
    Report.Builder report =
        Report.newBuilder()
            .setTitle(title)
            .addAllPoints(points())
            .setRecommended(choice.map(Choice::label).orElse(""))
            .setRule(choice.map(Choice::rule).orElse("Nothing is recommended."))
            .addAllNotes(notes())
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
    return report.build();
  }

  private List<TradeOffPoint> points() {
    Comparator<Point> byGenerality =
        Comparator.comparingDouble(point -> generality.isEmpty() ? 0 : -point.gain(generality));
    return evidence.points().stream().sorted(byGenerality).map(this::point).toList();
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>(choice.map(Choice::notes).orElse(List.of(UNCHOSEN)));
    majorities().ifPresent(notes::add);
    missingSeeds().ifPresent(notes::add);
    int seeds = evidence.seeds().size();
    if (seeds < SEEDS_FOR_A_CLAIM) {
      notes.add(
          "%d %s: conditional on these runs. A claim about a method needs at least %d seeds."
              .formatted(seeds, seeds == 1 ? "seed" : "seeds", SEEDS_FOR_A_CLAIM));
    }
    return notes;
  }

  /** What an accuracy of choices must beat. */
  private Optional<String> majorities() {
    Run any = evidence.points().get(0).runs().get(0);
    String suites =
        evidence.suites().stream()
            .flatMap(suite -> any.scores().get(suite.id()).majority().stream().map(text(suite)))
            .collect(joining(", "));
    return suites.isEmpty()
        ? Optional.empty()
        : Optional.of("Always taking the most frequent choice is right on %s.".formatted(suites));
  }

  private static Function<Double, String> text(Suite suite) {
    return share -> String.format(Locale.ROOT, "%.1f%% of '%s'", 100 * share, suite.id());
  }

  private Optional<String> missingSeeds() {
    String points =
        evidence.points().stream()
            .filter(point -> !evidence.missingSeeds(point).isEmpty())
            .map(point -> "'%s' lacks %s".formatted(point.label(), seeds(point)))
            .collect(joining("; "));
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("Runs are missing: %s. Means are over the other seeds alone; with fewer than %d they"
                    + " are conditional on these runs.")
                .formatted(points, SEEDS_FOR_A_CLAIM));
  }

  private String seeds(Point point) {
    List<Long> missing = evidence.missingSeeds(point);
    return (missing.size() == 1 ? "seed " : "seeds ")
        + missing.stream().map(String::valueOf).collect(joining(", "));
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
    againstBase.of(point).ifPresent(answer::setAgainstBase);
    againstReference.of(point).ifPresent(answer::setAgainstReference);
    return answer.addAllSuites(suiteScores.of(point)).build();
  }

  private Optional<Estimate> value(Point point, List<Suite> suites) {
    return suites.isEmpty()
        ? Optional.empty()
        : Optional.of(estimate(resamples.value(point, suites)));
  }

  /** Empty where one of the two roles has no REPORT data: there is no plane to draw. */
  private Frontier frontier() {
    if (speciality.isEmpty() || generality.isEmpty()) {
      return new Frontier(List.of());
    }
    return new Frontier(
        evidence.points().stream()
            .map(p -> new Place(p.label(), p.gain(speciality), p.gain(generality)))
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
