package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import java.util.List;

/** Everything that can be wrong with an experiment before any work starts. */
public final class ExperimentRules {
  private ExperimentRules() {}

  /** Every problem of the file, in its order; empty where the experiment can run. */
  public static List<Problem> check(ExperimentSpec spec, Catalog catalog) {
    var problems = new Problems();
    var references = new ReferenceRules(catalog, problems);
    new TaskRules(spec, references, problems).check();
    new TrainingRules(spec.getTraining(), problems).check();
    new MethodRules(spec, references, problems).check();
    new AverageRules(spec, problems).check();
    new EvaluationRules(spec, references, problems).check();
    new OverlapRules(spec, catalog, problems).check();
    new SelectionRules(spec, problems).check();
    if (problems.isEmpty()) {
      checkSize(spec, problems);
    }
    return problems.all();
  }

  private static void checkSize(ExperimentSpec spec, Problems problems) {
    long stages = Runs.stages(spec);
    problems.require(
        stages <= Plan.MOST_STAGES,
        "methods",
        "the grids and seeds make %d stages; at most %d fit in one experiment: shorten a list"
            .formatted(stages, Plan.MOST_STAGES));
  }
}
