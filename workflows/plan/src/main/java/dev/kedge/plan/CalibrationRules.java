package dev.kedge.plan;

import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.v1.ExperimentSpec;
import java.util.Optional;

/** Data that stands for the old knowledge must be readable as the task reads its own. */
record CalibrationRules(ExperimentSpec spec, ReferenceRules references, Problems problems) {
  /**
   * Finds what is wrong with a calibration set.
   *
   * @param needsTaskClasses whether the classes of pictures must be the task's
   */
  void check(String name, String path, boolean needsTaskClasses) {
    if (name.isEmpty()) {
      problems.add(
          path,
          "missing: name the data that stands for the old knowledge, as datasets/NAME, which `kedge"
              + " dataset import` registers");
    } else if (Languages.isLanguage(spec)) {
      references.texts(name, path).ifPresent(data -> checkFields(data, path));
    } else {
      references
          .pictures(name, path)
          .filter(data -> needsTaskClasses)
          .ifPresent(data -> checkClasses(data, path));
    }
  }

  /** Calibration records are read by the task's templates, texts as they are. */
  private void checkFields(Catalog.Dataset calibration, String path) {
    var templates = new TemplateRules(Optional.of(calibration), problems);
    if (spec.getTask().hasInstruction() && calibration.format() == PrepareSpec.Format.RECORDS) {
      templates.one(spec.getTask().getInstruction().getPrompt(), path);
      templates.one(spec.getTask().getInstruction().getAnswer(), path);
    } else {
      templates.one(LanguageTests.PLAIN, path);
    }
  }

  /** Labels of calibration data are the task's, in the order of its head. */
  private void checkClasses(Catalog.Dataset calibration, String path) {
    references
        .known(spec.getTask().getImageClassification().getTrain())
        .ifPresent(
            train ->
                problems.require(
                    calibration.classes().equals(train.classes()),
                    path,
                    "the classes %s are not the task's %s"
                        .formatted(calibration.classes(), train.classes())));
  }
}
