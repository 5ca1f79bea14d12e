package dev.kedge.plan;

import dev.kedge.stage.v1.Measure;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import java.util.EnumMap;
import java.util.Map;

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
    checkUnits();
  }

  private void check(Evaluation evaluation, String path) {
    if (Languages.isLanguage(spec) || isOfTextsAlone(evaluation)) {
      new TextTestRules(evaluation, path, references, problems).check();
    } else {
      new PictureTestRules(evaluation, path, references, problems)
          .check(spec.getTask().getImageClassification());
    }
    switch (evaluation.getRole()) {
      case SPECIALITY, GENERALITY -> {}
      default -> problems.add(path + ".role", "missing: write SPECIALITY or GENERALITY");
    }
    problems.require(
        evaluation.getUse() != Evaluation.Use.UNRECOGNIZED,
        path + ".use",
        "unknown: write SELECT or REPORT");
  }

  /** Where nothing is learnt, and no test says so, the data tells that texts are tested. */
  private boolean isOfTextsAlone(Evaluation evaluation) {
    return BaseAlone.isIn(spec) && references.isTexts(evaluation.getDataset());
  }

  /** A role's mean is over numbers of one unit. */
  private void checkUnits() {
    Map<Evaluation.Role, String> first = new EnumMap<>(Evaluation.Role.class);
    Map<Evaluation.Role, Measure> measures = new EnumMap<>(Evaluation.Role.class);
    if (Suites.hasValidation(spec)) {
      first.put(Evaluation.Role.SPECIALITY, "the validation part of the task");
      measures.put(Evaluation.Role.SPECIALITY, Suites.validationMeasure(spec));
    }
    for (int i = 0; i < spec.getEvaluationsCount(); i++) {
      Evaluation one = spec.getEvaluations(i);
      Measure measure = Suites.measure(one);
      first.putIfAbsent(one.getRole(), one.getId());
      Measure other = measures.putIfAbsent(one.getRole(), measure);
      problems.require(
          other == null || isShare(other) == isShare(measure),
          Problems.at("evaluations", i) + ".language.measure",
          "%s cannot be averaged with %s, which %s measures in the same role"
              .formatted(measure, other, first.get(one.getRole())));
    }
  }

  private static boolean isShare(Measure measure) {
    return measure != Measure.ANSWER_BITS_PER_BYTE && measure != Measure.BITS_PER_BYTE;
  }
}
