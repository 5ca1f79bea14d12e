package dev.kedge.plan;

import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;

/** The tests. */
final class EvaluationRules {
  private final ExperimentSpec spec;
  private final ReferenceRules references;
  private final Problems problems;

  EvaluationRules(ExperimentSpec spec, ReferenceRules references, Problems problems) {
    this.spec = spec;
    this.references = references;
    this.problems = problems;
  }

  void check() {
    problems.require(spec.getEvaluationsCount() > 0, "evaluations", "missing: give at least one");
    new IdRules("evaluations", Suites.VALIDATION, problems)
        .check(spec.getEvaluationsList().stream().map(Evaluation::getId).toList());
    for (int i = 0; i < spec.getEvaluationsCount(); i++) {
      check(spec.getEvaluations(i), Problems.at("evaluations", i));
    }
  }

  private void check(Evaluation evaluation, String path) {
    references.dataset(evaluation.getDataset(), path + ".dataset");
    PromptRules.check(evaluation.getTemplatesList(), path + ".templates", problems);
    switch (evaluation.getRole()) {
      case SPECIALITY, GENERALITY -> {}
      default -> problems.add(path + ".role", "missing: write SPECIALITY or GENERALITY");
    }
    problems.require(
        evaluation.getUse() != Evaluation.Use.UNRECOGNIZED,
        path + ".use",
        "unknown: write SELECT or REPORT");
  }
}
