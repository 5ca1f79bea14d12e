package dev.kedge.plan;

import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import dev.kedge.v1.Task;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The methods: their parts, how these go together, and their grids. */
final class MethodRules {
  /**
   * A part of a method in the file.
   *
   * @param path for example {@code methods[1].l2}
   */
  record Place(String path, ExperimentSpec spec, Problems problems) {
    String at(String field) {
      return path + "." + field;
    }

    Task task() {
      return spec.getTask();
    }

    List<Double> rates() {
      return spec.getTraining().getLearningRateList();
    }

    boolean hasValidation() {
      return Suites.hasValidation(spec);
    }
  }

  private final ExperimentSpec spec;
  private final ReferenceRules references;
  private final Problems problems;

  MethodRules(ExperimentSpec spec, ReferenceRules references, Problems problems) {
    this.spec = spec;
    this.references = references;
    this.problems = problems;
  }

  void check() {
    problems.require(spec.getMethodsCount() > 0, "methods", "missing: give at least one");
    new IdRules("methods", "base", problems)
        .check(spec.getMethodsList().stream().map(Method::getId).toList());
    for (int i = 0; i < spec.getMethodsCount(); i++) {
      check(spec.getMethods(i), Problems.at("methods", i));
    }
  }

  private void check(Method method, String path) {
    List<MethodPart> parts = MethodParts.of(method);
    problems.require(
        !parts.isEmpty(),
        path,
        "missing: say which method, one or more of " + MethodParts.names(MethodParts.ALL));
    checkComposition(method, path);
    for (MethodPart part : parts) {
      check(part, method, new Place(path + "." + part.name(), spec, problems));
    }
  }

  private void checkComposition(Method method, String path) {
    List<MethodPart> procedures =
        MethodParts.of(method).stream().filter(MethodPart::isProcedure).toList();
    if (procedures.size() > 1) {
      problems.add(
          path, "%s are different procedures: keep one".formatted(MethodParts.names(procedures)));
      return;
    }
    for (Conflict conflict : Conflict.ALL) {
      List<String> clashing = conflict.in(method);
      problems.require(
          clashing.isEmpty(),
          path,
          "%s does not go with %s: %s"
              .formatted(conflict.part(), String.join(", ", clashing), conflict.why()));
    }
  }

  private void check(MethodPart part, Method method, Place place) {
    if (!part.goesWith(spec.getTask())) {
      problems.add(place.path(), "does not go with the task `%s`".formatted(taskName()));
      return;
    }
    problems.require(
        spec.hasBase() || part.isProcedure(),
        place.path(),
        "a new model knows nothing that could be protected: write full");
    problems.require(
        !part.isRelative(method) || Runs.full(spec).isPresent(),
        place.at("relative"),
        "needs full fine-tuning as its measure: add a method `full: {}`");
    part.checkValues(method, place);
    part.calibration(method)
        .ifPresent(
            name -> checkCalibration(name, place.at("calibration"), part.needsTaskClasses(method)));
  }

  private String taskName() {
    return spec.getTask().getTaskCase().name().toLowerCase(Locale.ROOT);
  }

  private void checkCalibration(String name, String path, boolean needsTaskClasses) {
    if (Languages.isLanguage(spec.getTask())) {
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
