package dev.kedge.plan;

import dev.kedge.v1.Method;

/** The head alone trains; its learning rates and epochs are the whole run's. */
final class LinearProbePart extends MethodPart {
  LinearProbePart() {
    super("lp");
  }

  @Override
  boolean isProcedure() {
    return true;
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    place.problems().requireNotNegative(method.getLp().getEpochs(), place.at("epochs"));
  }
}
