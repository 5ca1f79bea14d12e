package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;

/** Stops by the loss on the part of the training data that is held back. */
final class EarlyStopPart extends MethodPart {
  private static final int DEFAULT_PATIENCE = 3;

  EarlyStopPart() {
    super("early_stop");
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    Method.EarlyStop stop = method.getEarlyStop();
    place.problems().requireCount(stop.hasPatience(), stop.getPatience(), place.at("patience"));
    place.problems().requireNotNegative(stop.getEverySteps(), place.at("every_steps"));
    place
        .problems()
        .require(
            place.hasValidation(),
            place.path(),
            "needs data to stop by: set the task's validation_fraction");
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, MethodInputs inputs) {
    MethodSpec.EarlyStop.Builder stop = spec.getEarlyStopBuilder();
    if (stop.getPatience() == 0) {
      stop.setPatience(DEFAULT_PATIENCE);
    }
    stop.setValidation(inputs.validation());
  }
}
