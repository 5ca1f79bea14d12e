package dev.kedge.plan;

import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Measure;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import java.util.ArrayList;
import java.util.List;

/** The tests of an experiment, the task's own validation part included. */
final class Suites {
  /** The suite that is the task's validation part. */
  static final String VALIDATION = "validation";

  private Suites() {}

  static Evaluation.Use useOf(Evaluation evaluation) {
    return evaluation.getUse() == Evaluation.Use.USE_UNSPECIFIED
        ? Evaluation.Use.REPORT
        : evaluation.getUse();
  }

  static boolean any(ExperimentSpec spec, Evaluation.Use use) {
    return spec.getEvaluationsList().stream().anyMatch(one -> useOf(one) == use);
  }

  /** Whether there is speciality data to choose by. */
  static boolean canSelect(ExperimentSpec spec) {
    return hasValidation(spec)
        || spec.getEvaluationsList().stream()
            .anyMatch(
                one ->
                    useOf(one) == Evaluation.Use.SELECT
                        && one.getRole() == Evaluation.Role.SPECIALITY);
  }

  static boolean hasValidation(ExperimentSpec spec) {
    return spec.getTask().getImageClassification().getValidationFraction() > 0
        || spec.getTask().getInstruction().getValidationFraction() > 0;
  }

  /** What the suites stand for. */
  static List<Study.Suite> studied(ExperimentSpec spec) {
    List<Study.Suite> suites = new ArrayList<>();
    if (hasValidation(spec)) {
      suites.add(
          studied(
              VALIDATION,
              Evaluation.Role.SPECIALITY,
              Evaluation.Use.SELECT,
              validationMeasure(spec)));
    }
    for (Evaluation one : spec.getEvaluationsList()) {
      suites.add(studied(one.getId(), one.getRole(), useOf(one), measure(one)));
    }
    return suites;
  }

  /** What the task's validation part is measured by. */
  static Measure validationMeasure(ExperimentSpec spec) {
    return spec.getTask().hasInstruction()
        ? LanguageTests.measure(LanguageTests.ofTask(spec.getTask().getInstruction()))
        : Measure.ACCURACY;
  }

  static Measure measure(Evaluation evaluation) {
    return evaluation.hasLanguage()
        ? LanguageTests.measure(evaluation.getLanguage())
        : Measure.ACCURACY;
  }

  private static Study.Suite studied(
      String id, Evaluation.Role role, Evaluation.Use use, Measure measure) {
    return Study.Suite.newBuilder()
        .setId(id)
        .setRole(Study.Suite.Role.valueOf(role.name()))
        .setUse(Study.Suite.Use.valueOf(use.name()))
        .setMeasure(measure)
        .build();
  }

  /** The suites with their data and prompts. */
  static List<EvaluateSpec.Suite> evaluated(ExperimentSpec spec, Datasets datasets, Task task) {
    List<EvaluateSpec.Suite> suites = new ArrayList<>();
    task.validation().ifPresent(suite -> suites.add(named(VALIDATION, suite)));
    for (Evaluation one : spec.getEvaluationsList()) {
      suites.add(named(one.getId(), evaluated(one, datasets, task)));
    }
    return suites;
  }

  private static EvaluateSpec.Suite evaluated(Evaluation one, Datasets datasets, Task task) {
    DatasetPart data = datasets.all(one.getDataset());
    return one.hasLanguage()
        ? LanguageTests.suite(one.getLanguage(), data, datasets)
        : PictureTests.suite(one, data, task.templates());
  }

  private static EvaluateSpec.Suite named(String id, EvaluateSpec.Suite suite) {
    return suite.toBuilder().setId(id).build();
  }
}
