package dev.kedge.plan;

import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Selection;

/** The rule that recommends a checkpoint, and the data that it needs. */
final class SelectionRules {
  private final ExperimentSpec spec;
  private final Problems problems;

  SelectionRules(ExperimentSpec spec, Problems problems) {
    this.spec = spec;
    this.problems = problems;
  }

  void check() {
    Selection selection = spec.getSelection();
    String path = "selection.within_points_of_best_speciality";
    double points = selection.getWithinPointsOfBestSpeciality();
    problems.require(
        points >= 0 && points <= 100,
        path,
        "%s is not in [0, 100] points".formatted(Numbers.text(points)));
    problems.require(
        selection.getMaximise() != Selection.Measure.UNRECOGNIZED,
        "selection.maximise",
        "unknown: write GENERALITY");
    boolean wantsToSelect = spec.hasSelection() || Suites.any(spec, Evaluation.Use.SELECT);
    problems.require(
        !wantsToSelect || Suites.canSelect(spec),
        "selection",
        "choosing needs speciality data that is not reported: set the task's"
            + " validation_fraction, or add an evaluation with"
            + " role SPECIALITY and use SELECT");
  }
}
