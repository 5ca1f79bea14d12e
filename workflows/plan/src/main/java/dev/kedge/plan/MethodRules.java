package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.List;
import java.util.stream.Collectors;

/** The methods and their grids. */
final class MethodRules {
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
    if (method.getMethodCase() == Method.MethodCase.METHOD_NOT_SET) {
      problems.add(path, "missing: say which method, one of " + known());
      return;
    }
    boolean contrastive = spec.getTask().hasContrastive();
    problems.require(
        !contrastive || method.hasFull(),
        path,
        "%s does not go with a contrastive task: only full does".formatted(nameOf(method)));
    checkGrids(method, path + "." + nameOf(method));
  }

  private void checkGrids(Method method, String path) {
    switch (method.getMethodCase()) {
      case L2 -> checkLambdas(method.getL2().getLambdaList(), path);
      case L1 -> checkLambdas(method.getL1().getLambdaList(), path);
      case EWC -> checkEwc(method.getEwc(), path);
      case KD_FEATURES -> checkLambdas(method.getKdFeatures().getLambdaList(), path);
      case KD_LOGITS -> checkDistillation(method.getKdLogits(), path);
      case FULL, LP, LP_FT, METHOD_NOT_SET -> {}
    }
  }

  private void checkLambdas(List<Double> lambdas, String path) {
    problems.require(!lambdas.isEmpty(), path + ".lambda", "missing: give at least one");
    problems.requireDistinct(lambdas, path + ".lambda");
    for (int i = 0; i < lambdas.size(); i++) {
      problems.requireNotNegative(lambdas.get(i), Problems.at(path + ".lambda", i));
    }
  }

  private void checkDistillation(Method.KdLogits method, String path) {
    checkLambdas(method.getLambdaList(), path);
    problems.requireDistinct(method.getTemperatureList(), path + ".temperature");
    for (int i = 0; i < method.getTemperatureCount(); i++) {
      double temperature = method.getTemperature(i);
      problems.require(
          Double.isFinite(temperature) && temperature > 0,
          Problems.at(path + ".temperature", i),
          "%s must be a positive number".formatted(Numbers.text(temperature)));
    }
  }

  private void checkEwc(Method.Ewc method, String path) {
    checkLambdas(method.getLambdaList(), path);
    problems.requireNotNegative(method.getSamples(), path + ".samples");
    problems.require(
        !spec.getTask().getImageClassification().getCosineHead(),
        path,
        "does not go with cosine_head: the Fisher information is known for linear heads only");
    references
        .dataset(method.getCalibration(), path + ".calibration")
        .ifPresent(data -> checkCalibrationClasses(data, path + ".calibration"));
  }

  /** The Fisher information is taken over the labels of the task's head, in their order. */
  private void checkCalibrationClasses(Catalog.Dataset calibration, String path) {
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

  private static String nameOf(Method method) {
    return Method.getDescriptor().findFieldByNumber(method.getMethodCase().getNumber()).getName();
  }

  private static String known() {
    return Method.getDescriptor().getOneofs().get(0).getFields().stream()
        .map(field -> field.getName())
        .collect(Collectors.joining(", "));
  }
}
