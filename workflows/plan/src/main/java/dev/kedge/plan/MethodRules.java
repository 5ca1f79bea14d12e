package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import dev.kedge.v1.Task;
import java.util.List;
import java.util.Locale;

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
  private final CalibrationRules calibrations;
  private final Problems problems;

  MethodRules(ExperimentSpec spec, CalibrationRules calibrations, Problems problems) {
    this.spec = spec;
    this.calibrations = calibrations;
    this.problems = problems;
  }

  void check() {
    problems.require(
        spec.getMethodsCount() > 0,
        "methods",
        "missing: give at least one; to test a base alone leave out whatever is about learning,"
            + " too: task, training, averages and selection");
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
            name ->
                calibrations.check(name, place.at("calibration"), part.needsTaskClasses(method)));
  }

  private String taskName() {
    return spec.getTask().getTaskCase().name().toLowerCase(Locale.ROOT);
  }
}
