package dev.kedge.report;

import dev.kedge.v1.RunTest;
import dev.kedge.v1.SuiteScore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The suites one by one: each score is a mean over a point's runs. */
final class SuiteScores {
  private final Evidence evidence;
  private final Resamples resamples;

  SuiteScores(Evidence evidence, Resamples resamples) {
    this.evidence = evidence;
    this.resamples = resamples;
  }

  List<SuiteScore> of(Point point) {
    return evidence.suites().stream().map(suite -> of(point, suite)).toList();
  }

  private SuiteScore of(Point point, Suite suite) {
    List<Scores> runs = point.runs().stream().map(run -> run.scores().get(suite.id())).toList();
    SuiteScore.Builder score =
        SuiteScore.newBuilder()
            .setSuite(suite.id())
            .setRole(suite.role().name())
            .setUse(suite.use().name())
            .setAccuracy(Answer.estimate(accuracy(point, suite, runs)))
            .setMeanPerClass(mean(runs, Scores::meanPerClass))
            .setCalibrationError(mean(runs, Scores::calibrationError))
            .setTop5(mean(runs, Scores::top5))
            .setSamples(runs.get(0).samples())
            .putAllClasses(classes(runs));
    evidence
        .base()
        .filter(base -> !base.equals(point))
        .ifPresent(base -> compare(score, point, base, suite));
    return score.build();
  }

  /** Wilson's interval where there is one run; else the bootstrap's, which knows of the seeds. */
  private Interval accuracy(Point point, Suite suite, List<Scores> runs) {
    return runs.size() == 1
        ? Interval.wilson(runs.get(0).right(), runs.get(0).samples())
        : resamples.accuracy(point, List.of(suite));
  }

  private void compare(SuiteScore.Builder score, Point point, Point base, Suite suite) {
    Scores before = base.runs().get(0).scores().get(suite.id());
    score.setAgainstBase(Answer.estimate(resamples.difference(point, base, List.of(suite))));
    double flips = 0;
    for (Run run : point.runs()) {
      Scores after = run.scores().get(suite.id());
      flips += after.negativeFlips(before) / point.runs().size();
      McNemar test = McNemar.of(before, after);
      score.addTests(
          RunTest.newBuilder()
              .setCandidate(run.candidate())
              .setLost(test.lost())
              .setGained(test.gained())
              .setPValue(test.pValue()));
    }
    score.setNegativeFlips(flips);
  }

  private static Map<String, Double> classes(List<Scores> runs) {
    return runs.stream()
        .flatMap(scores -> scores.classes().entrySet().stream())
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, TreeMap::new, Collectors.averagingDouble(Map.Entry::getValue)));
  }

  private static double mean(List<Scores> runs, ToDoubleFunction<Scores> measure) {
    return runs.stream().mapToDouble(measure).average().orElseThrow();
  }
}
