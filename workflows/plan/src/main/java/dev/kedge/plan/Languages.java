package dev.kedge.plan;

import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;

/** Which experiments are about language models. */
final class Languages {
  private Languages() {}

  /** By the task; where nothing is learnt, by the tests. */
  static boolean isLanguage(ExperimentSpec spec) {
    return BaseAlone.isIn(spec)
        ? spec.getEvaluationsList().stream().anyMatch(Evaluation::hasLanguage)
        : spec.getTask().hasInstruction() || spec.getTask().hasLanguageModelling();
  }
}
