package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import java.util.List;

/** Everything that can be wrong with an experiment before any work starts. */
public final class ExperimentRules {
  /** The last in the queue. */
  private static final int LEAST_PRIORITY = 5;

  private ExperimentRules() {}

  /** Every problem of the file, in its order; empty where the experiment can run. */
  public static List<Problem> check(ExperimentSpec spec, Catalog catalog) {
    List<Problem> unknown = unknownChoices(spec);
    if (!unknown.isEmpty()) {
      return unknown;
    }
    var problems = new Problems();
    var references = new ReferenceRules(catalog, problems);
    if (BaseAlone.isIn(spec)) {
      new BaseAlone(spec, references, problems).check();
    } else {
      checkLearning(spec, references, problems);
    }
    new EvaluationRules(spec, references, problems).check();
    new OverlapRules(spec, catalog, problems).check();
    new SelectionRules(spec, problems).check();
    problems.require(
        !spec.hasPriority() || (spec.getPriority() >= 1 && spec.getPriority() <= LEAST_PRIORITY),
        "priority",
        "is %d: choose from 1 (first) to %d; 3 is what others have"
            .formatted(spec.getPriority(), LEAST_PRIORITY));
    LimitRules.check(spec.getLimits(), problems);
    if (problems.isEmpty()) {
      checkSize(spec, catalog, problems);
    }
    return problems.all();
  }

  /** Choices that this version does not know; where there are some, nothing else can be judged. */
  public static List<Problem> unknownChoices(ExperimentSpec spec) {
    var problems = new Problems();
    new KnownValues(problems).check(spec, "");
    return problems.all();
  }

  private static void checkLearning(
      ExperimentSpec spec, ReferenceRules references, Problems problems) {
    new TaskRules(spec, references, problems).check();
    new TrainingRules(spec, problems).check();
    var calibrations = new CalibrationRules(spec, references, problems);
    new MethodRules(spec, calibrations, problems).check();
    new AverageRules(spec, calibrations, problems).check();
  }

  private static void checkSize(ExperimentSpec spec, Catalog catalog, Problems problems) {
    requireAtMost(Plan.MOST_STAGES, Runs.stages(spec, catalog), "stages", problems);
    requireAtMost(Plan.MOST_POINTS, Runs.points(spec), "points to compare", problems);
  }

  private static void requireAtMost(int most, long made, String what, Problems problems) {
    problems.require(
        made <= most,
        "methods",
        "the grids, seeds and alphas make %d %s; at most %d fit in one experiment: shorten a list"
            .formatted(made, what, most));
  }
}
