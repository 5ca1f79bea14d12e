package dev.kedge.plan;

import dev.kedge.v1.Method;

/** The head alone first, then everything. */
final class LinearProbeThenFullPart extends MethodPart {
  LinearProbeThenFullPart() {
    super("lp_ft");
  }

  @Override
  boolean isProcedure() {
    return true;
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    place.problems().requireNotNegative(method.getLpFt().getEpochs(), place.at("epochs"));
  }
}
