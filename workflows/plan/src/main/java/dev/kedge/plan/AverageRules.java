package dev.kedge.plan;

import dev.kedge.v1.Average;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The averages, and the methods that they are made for. */
final class AverageRules {
  private final ExperimentSpec spec;
  private final CalibrationRules calibrations;
  private final Problems problems;
  private final List<String> methods;
  private final Set<String> interpolated = new HashSet<>();

  AverageRules(ExperimentSpec spec, CalibrationRules calibrations, Problems problems) {
    this.spec = spec;
    this.calibrations = calibrations;
    this.problems = problems;
    this.methods = spec.getMethodsList().stream().map(Method::getId).toList();
  }

  void check() {
    new IdRules("averages", "", problems)
        .check(spec.getAveragesList().stream().map(Average::getId).toList());
    for (int i = 0; i < spec.getAveragesCount(); i++) {
      check(spec.getAverages(i), Problems.at("averages", i));
    }
  }

  private void check(Average average, String path) {
    checkMethods(average, path + ".of");
    if (average.getAverageCase() == Average.AverageCase.AVERAGE_NOT_SET) {
      problems.add(path, "missing: give one of " + Averaging.names());
      return;
    }
    Averaging averaging = Averaging.of(average);
    String place = path + "." + averaging.name();
    averaging
        .parameters()
        .forEach(parameter -> parameter.check(averaging.given(average), place, problems));
    if (averaging.needsBase()) {
      requireBase(average, path, place);
    }
    checkPart(average, averaging, path);
    if (Averaging.isSweep(average)) {
      requireOnce(average, path);
    }
    switch (average.getAverageCase()) {
      case BLOCKWISE -> checkBlockwise(average.getBlockwise(), place);
      case MODEL_STOCK -> requireSeveralRuns("model stock", average, path + ".of");
      case GREEDY_SOUP -> checkGreedySoup(average, place, path + ".of");
      case ADAPTIVE -> checkAdaptive(average.getAdaptive(), place);
      case FISHER -> checkFisher(average.getFisher(), place);
      case FISHER_SOUP -> checkFisherSoup(average, place, path);
      case LINEAR -> checkLinear(average, place, path);
      default -> {}
    }
  }

  private void checkMethods(Average average, String path) {
    problems.require(average.getOfCount() > 0, path, "missing: name at least one method");
    problems.requireDistinct(average.getOfList(), path);
    for (int i = 0; i < average.getOfCount(); i++) {
      String of = average.getOf(i);
      problems.require(
          methods.contains(of),
          Problems.at(path, i),
          "there is no method `%s`: the methods are %s".formatted(of, methods));
    }
  }

  private void requireBase(Average average, String path, String place) {
    problems.require(!spec.hasNewModel(), place, "needs a base: a new model has random weights");
    requireSameHead(average, path);
  }

  private void checkPart(Average average, Averaging averaging, String path) {
    boolean isPart = PartialAverage.isIn(average);
    problems.require(
        !isPart || !average.hasGreedySoup(),
        path + "." + averaging.name(),
        "searches over all tensors: leave out include and exclude");
    problems.require(
        isPart || average.getOtherwise() == Average.Side.SIDE_UNSPECIFIED,
        path + ".otherwise",
        "is for an average of some tensors: give include or exclude, or leave it out");
    if (average.getOtherwise() == Average.Side.BASE && !averaging.needsBase()) {
      requireBase(average, path, path + ".otherwise");
    }
  }

  private void checkFisher(Average.Fisher fisher, String place) {
    Information how = Information.of(fisher);
    checkInformation(how, place);
    if (fisher.hasFloor()) {
      Range.POSITIVE.check(fisher.getFloor(), place + ".floor", problems);
    }
    calibrations.check(fisher.getCalibration(), place + ".calibration", !how.isByCaptions());
  }

  private void checkFisherSoup(Average average, String place, String path) {
    checkInformation(Information.of(average.getFisherSoup()), place);
    if (average.getFisherSoup().hasFloor()) {
      Range.POSITIVE.check(average.getFisherSoup().getFloor(), place + ".floor", problems);
    }
    requireSameHead(average, path);
    requireSeveralRuns("Fisher soup", average, path + ".of");
  }

  /** A run's information is taken on what it has learnt from, which must be one data set. */
  private void checkInformation(Information how, String place) {
    how.check(spec.getTask(), place, problems);
    problems.require(
        !spec.getTask().hasContrastive()
            && spec.getTask().getLanguageModelling().getSourcesCount() <= 1,
        place,
        "needs a task with one training set, on which a run's information is taken");
  }

  private void checkLinear(Average average, String place, String path) {
    if (average.getLinear().containsWeights(StudyBuilder.BASE)) {
      requireBase(average, path, place + ".weights." + StudyBuilder.BASE);
    }
    new WeightRules(spec, problems).check(average, place + ".weights", path + ".of");
  }

  private void checkBlockwise(Average.Blockwise blockwise, String path) {
    String ratios = path + ".ratios";
    problems.require(
        blockwise.getRatiosCount() > 0, ratios, "missing: give one for each block of layers");
    for (int i = 0; i < blockwise.getRatiosCount(); i++) {
      Range.RATIO.check(blockwise.getRatios(i), Problems.at(ratios, i), problems);
    }
    Range.RATIO.check(blockwise.getEmbeddings(), path + ".embeddings", problems);
    Range.RATIO.check(blockwise.getNorm(), path + ".norm", problems);
    Range.RATIO.check(blockwise.getHead(), path + ".head", problems);
  }

  private void checkGreedySoup(Average average, String path, String of) {
    problems.require(
        Suites.canSelect(spec),
        path,
        "needs data to choose by: give the task a validation_fraction, or an evaluation of"
            + " SPECIALITY the use SELECT");
    requireSeveralRuns("greedy soup", average, of);
  }

  private void checkAdaptive(Average.Adaptive adaptive, String path) {
    problems.require(
        Suites.hasValidation(spec),
        path,
        "needs data to learn the ratios from: give the task a validation_fraction");
    if (adaptive.hasBlocks()) {
      Range.COUNT.check(adaptive.getBlocks(), path + ".blocks", problems);
    }
    if (adaptive.hasPasses()) {
      Range.COUNT.check(adaptive.getPasses(), path + ".passes", problems);
    }
    if (adaptive.hasLearningRate()) {
      Range.POSITIVE.check(adaptive.getLearningRate(), path + ".learning_rate", problems);
    }
  }

  /** One run has no angle to another, and nothing to mix with. */
  private void requireSeveralRuns(String what, Average average, String path) {
    for (int i = 0; i < average.getOfCount(); i++) {
      String of = average.getOf(i);
      boolean alone =
          spec.getMethodsList().stream()
              .anyMatch(method -> method.getId().equals(of) && Runs.count(method, spec) == 1);
      problems.require(
          !alone,
          Problems.at(path, i),
          "`%s` has one run, a %s needs at least two: give it more seeds or a grid"
              .formatted(of, what));
    }
  }

  /** A probe takes a copy of a tied head, so its checkpoints have a tensor that the base lacks. */
  private void requireSameHead(Average average, String path) {
    for (int i = 0; i < average.getOfCount(); i++) {
      String of = average.getOf(i);
      boolean probes =
          spec.getMethodsList().stream()
              .anyMatch(
                  method -> method.getId().equals(of) && (method.hasLp() || method.hasLpFt()));
      problems.require(
          !(probes && Languages.isLanguage(spec)),
          Problems.at(path + ".of", i),
          "`%s` gives a language model a head of its own, which its base may not have"
              .formatted(of));
    }
  }

  /** Points are labelled by method and α, so one sweep for each method. */
  private void requireOnce(Average average, String path) {
    for (int i = 0; i < average.getOfCount(); i++) {
      problems.require(
          interpolated.add(average.getOf(i)),
          Problems.at(path + ".of", i),
          "`%s` has a wise_ft already: join their alphas".formatted(average.getOf(i)));
    }
  }
}
