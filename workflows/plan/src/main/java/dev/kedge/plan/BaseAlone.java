package dev.kedge.plan;

import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;

/** A file in which nothing is learnt: the base is tested, and that is all. */
record BaseAlone(ExperimentSpec spec, ReferenceRules references, Problems problems) {
  static boolean isIn(ExperimentSpec spec) {
    return spec.hasBase()
        && !spec.hasTask()
        && !spec.hasTraining()
        && spec.getMethodsCount() == 0
        && spec.getAveragesCount() == 0
        && !spec.hasSelection()
        && spec.getEvaluationsCount() > 0;
  }

  /** The base must be there, be of the tests' kind, and has nothing to be chosen from. */
  void check() {
    references.model(spec.getBase(), "base").ifPresent(this::checkTests);
    for (int i = 0; i < spec.getEvaluationsCount(); i++) {
      problems.require(
          Suites.useOf(spec.getEvaluations(i)) != Evaluation.Use.SELECT,
          Problems.at("evaluations", i) + ".use",
          "there is nothing to choose from without methods: write REPORT, or leave it out");
    }
  }

  private void checkTests(Catalog.Model base) {
    boolean asked = Languages.isLanguage(spec);
    problems.require(
        !asked || !base.isClip(),
        "base",
        "%s is a clip, and a test has `language`: that is for a language model"
            .formatted(spec.getBase()));
    problems.require(
        asked || base.isClip() || references.isTexts(spec.getEvaluations(0).getDataset()),
        "evaluations[0].language",
        "missing: %s is a language model of the family %s: say what is scored"
            .formatted(spec.getBase(), base.family()));
  }
}
