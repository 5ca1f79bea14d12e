package dev.kedge.report;

import dev.kedge.v1.Choices;
import dev.kedge.v1.ClassFlips;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Perplexity;
import dev.kedge.v1.RunTest;
import dev.kedge.v1.SuiteScore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            .setMeasure(suite.measure().name())
            .setSamples(runs.get(0).samples());
    Estimate value = Answer.estimate(value(point, suite, runs));
    switch (suite.measure().scale()) {
      case SHARE -> score.setAccuracy(value);
      case BITS_PER_BYTE -> score.setBitsPerByte(value);
    }
    addClasses(score, only(ClassScores.class, runs));
    addChoices(score, only(LanguageScores.class, runs));
    addPerplexity(score, only(LanguageScores.class, runs));
    addInstructions(score, only(WrittenScores.class, runs));
    evidence
        .base()
        .filter(base -> !base.equals(point))
        .ifPresent(base -> compare(score, point, base, suite));
    return score.build();
  }

  /**
   * Wilson's interval where there is one run of right and wrong; else the bootstrap's, which knows
   * of costs and of seeds.
   */
  private Interval value(Point point, Suite suite, List<Scores> runs) {
    return runs.size() == 1 && runs.get(0).tally() instanceof Outcomes outcomes
        ? Interval.wilson(outcomes.right(), outcomes.samples())
        : resamples.value(point, List.of(suite));
  }

  private static void addClasses(SuiteScore.Builder score, List<ClassScores> runs) {
    if (!runs.isEmpty()) {
      score
          .setMeanPerClass(mean(runs, ClassScores::meanPerClass))
          .setCalibrationError(mean(runs, ClassScores::calibrationError))
          .setTop5(mean(runs, ClassScores::top5))
          .putAllClasses(classes(runs));
    }
  }

  private static void addChoices(SuiteScore.Builder score, List<LanguageScores> runs) {
    if (!runs.isEmpty() && runs.get(0).majority().isPresent()) {
      Choices.Builder choices =
          score
              .getChoicesBuilder()
              .setAccuracy(mean(runs, run -> run.choiceAccuracy().orElseThrow()))
              .setMajority(runs.get(0).majority().get());
      meanOfAll(runs, LanguageScores::choiceAccuracyByCharacters)
          .ifPresent(choices::setAccuracyNorm);
      meanOfAll(runs, LanguageScores::choiceAccuracyByBytes).ifPresent(choices::setAccuracyBytes);
      meanOfAll(runs, LanguageScores::accuracyWithoutQuestion)
          .ifPresent(choices::setWithoutQuestion);
    }
  }

  private static void addPerplexity(SuiteScore.Builder score, List<LanguageScores> runs) {
    List<Perplexities> all = runs.stream().flatMap(run -> run.perplexities().stream()).toList();
    if (!all.isEmpty()) {
      Perplexity.Builder perplexity =
          score
              .getPerplexityBuilder()
              .setNatsPerToken(mean(all, Perplexities::natsPerToken))
              .setByte(mean(all, Perplexities::ofBytes));
      meanOfAll(all, Perplexities::ofWords).ifPresent(perplexity::setWord);
    }
  }

  private static void addInstructions(SuiteScore.Builder score, List<WrittenScores> runs) {
    List<InstructionShares> all =
        runs.stream().flatMap(run -> run.instructions().stream()).toList();
    if (!all.isEmpty()) {
      score
          .getInstructionsBuilder()
          .setRecordsLoosely(mean(all, InstructionShares::recordsLoosely))
          .setSingle(mean(all, InstructionShares::single))
          .setSingleLoosely(mean(all, InstructionShares::singleLoosely));
    }
  }

  /** Empty unless all have it. */
  private static <T> Optional<Double> meanOfAll(
      List<T> runs, Function<T, Optional<Double>> measure) {
    return runs.stream().allMatch(run -> measure.apply(run).isPresent())
        ? Optional.of(mean(runs, run -> measure.apply(run).orElseThrow()))
        : Optional.empty();
  }

  private void compare(SuiteScore.Builder score, Point point, Point base, Suite suite) {
    Interval difference = resamples.difference(point, base, List.of(suite));
    score.setAgainstBase(Answer.estimate(difference));
    score.setForgetting(Answer.estimate(suite.measure().scale().loss(difference)));
    Optional<Outcomes> before = base.runs().get(0).scores().get(suite.id()).outcomes();
    before.ifPresent(outcomes -> test(score, point, outcomes, suite));
    if (base.runs().get(0).scores().get(suite.id()) instanceof ClassScores classes) {
      score.putAllClassFlips(classFlips(classes, point, suite));
    }
  }

  /** Of each class, mean over the runs. */
  private static Map<String, ClassFlips> classFlips(ClassScores before, Point point, Suite suite) {
    int runs = point.runs().size();
    Map<String, ClassFlips> mean = new TreeMap<>();
    for (Run run : point.runs()) {
      ClassScores now = (ClassScores) run.scores().get(suite.id());
      now.flipsSince(before)
          .forEach((name, flips) -> mean.merge(name, share(flips, runs), SuiteScores::sum));
    }
    return mean;
  }

  private static ClassFlips share(ClassFlips flips, int runs) {
    return flips.toBuilder()
        .setLost(flips.getLost() / runs)
        .setGained(flips.getGained() / runs)
        .build();
  }

  private static ClassFlips sum(ClassFlips one, ClassFlips other) {
    return one.toBuilder()
        .setLost(one.getLost() + other.getLost())
        .setGained(one.getGained() + other.getGained())
        .build();
  }

  private static void test(SuiteScore.Builder score, Point point, Outcomes before, Suite suite) {
    double lost = 0;
    double gained = 0;
    for (Run run : point.runs()) {
      McNemar test = McNemar.of(before, run.scores().get(suite.id()).outcomes().orElseThrow());
      lost += (double) test.lost() / before.samples() / point.runs().size();
      gained += (double) test.gained() / before.samples() / point.runs().size();
      score.addTests(
          RunTest.newBuilder()
              .setCandidate(run.candidate())
              .setLost(test.lost())
              .setGained(test.gained())
              .setPValue(test.pValue()));
    }
    score.setNegativeFlips(lost).setPositiveFlips(gained);
  }

  private static Map<String, Double> classes(List<ClassScores> runs) {
    return runs.stream()
        .flatMap(scores -> scores.classes().entrySet().stream())
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey, TreeMap::new, Collectors.averagingDouble(Map.Entry::getValue)));
  }

  private static <T extends Scores> List<T> only(Class<T> kind, List<Scores> runs) {
    return runs.stream()
        .flatMap(run -> kind.isInstance(run) ? Stream.of(kind.cast(run)) : Stream.empty())
        .toList();
  }

  private static <T> double mean(List<T> runs, ToDoubleFunction<T> measure) {
    return runs.stream().mapToDouble(measure).average().orElseThrow();
  }
}
