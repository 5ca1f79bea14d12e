package dev.kedge.report;

import dev.kedge.v1.Estimate;
import dev.kedge.v1.WithoutOverlap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every point's results without the samples that a suite shares with other sets, from the same
 * draws as its results with them.
 */
public final class ResultsWithoutOverlap {
  private final Map<String, SharedSamples> shared;
  private final Evidence evidence;
  private final Resamples resamples;

  private ResultsWithoutOverlap(Evidence whole, Map<String, SharedSamples> shared, long seed) {
    this.shared = shared;
    this.evidence = reduced(whole);
    this.resamples = CrossedBootstrap.of(evidence, seed);
  }

  /**
   * Leaves the samples out.
   *
   * @param shared suites that share samples with other sets; one that has no others is passed over
   * @param labels of the points, in the order in which they are told
   * @param bootstrapSeed that of the whole report
   * @return empty where no suite is left that shares some
   */
  public static Optional<WithoutOverlap> of(
      Evidence whole, List<SharedSamples> shared, List<String> labels, long bootstrapSeed) {
    Map<String, SharedSamples> bySuite =
        shared.stream()
            .filter(suite -> suite.kept().right() > 0)
            .collect(Collectors.toMap(SharedSamples::suite, Function.identity()));
    return bySuite.isEmpty()
        ? Optional.empty()
        : Optional.of(new ResultsWithoutOverlap(whole, bySuite, bootstrapSeed).message(labels));
  }

  private Evidence reduced(Evidence whole) {
    List<Point> points = whole.points().stream().map(this::reduced).toList();
    return new Evidence(whole.suites(), points, whole.reference());
  }

  private Point reduced(Point point) {
    return new Point(
        point.label(),
        point.method(),
        point.average(),
        point.alpha(),
        point.runs().stream().map(this::reduced).toList());
  }

  private Run reduced(Run run) {
    Map<String, Scores> scores = new HashMap<>(run.scores());
    shared.forEach(
        (suite, samples) ->
            scores.computeIfPresent(suite, (id, all) -> new KeptScores(all, samples.kept())));
    return new Run(run.candidate(), run.seed(), run.computeSeconds(), scores);
  }

  private WithoutOverlap message(List<String> labels) {
    WithoutOverlap.Builder message = WithoutOverlap.newBuilder();
    suites().forEach(suite -> message.addSuites(message(suite)));
    labels.forEach(label -> message.addPoints(message(point(label))));
    return message.build();
  }

  private List<Suite> suites() {
    return evidence.suites().stream().filter(suite -> shared.containsKey(suite.id())).toList();
  }

  private Point point(String label) {
    return evidence.points().stream()
        .filter(point -> point.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private WithoutOverlap.Suite message(Suite suite) {
    SharedSamples samples = shared.get(suite.id());
    return WithoutOverlap.Suite.newBuilder()
        .setSuite(suite.id())
        .setMeasure(suite.measure().name())
        .setExact(samples.exact().size())
        .setNear(samples.near().size())
        .setSamples(samples.kept().right())
        .build();
  }

  private WithoutOverlap.Point message(Point point) {
    WithoutOverlap.Point.Builder message =
        WithoutOverlap.Point.newBuilder().setLabel(point.label());
    suites().forEach(suite -> message.addSuites(value(point, List.of(suite))));
    role(point, Role.SPECIALITY).ifPresent(message::setSpeciality);
    role(point, Role.GENERALITY).ifPresent(message::setGenerality);
    return message.build();
  }

  /** Only where a reported suite of the role is another without what it shares. */
  private Optional<Estimate> role(Point point, Role role) {
    List<Suite> suites = evidence.suites(role, Use.REPORT);
    return suites.stream().anyMatch(suite -> shared.containsKey(suite.id()))
        ? Optional.of(value(point, suites))
        : Optional.empty();
  }

  private Estimate value(Point point, List<Suite> suites) {
    return Answer.estimate(resamples.value(point, suites));
  }
}
