package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;

/** The penalty that needs the importance of every weight. */
final class EwcPart extends MethodPart {
  EwcPart() {
    super("ewc");
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    place.problems().requireNotNegative(method.getEwc().getClip(), place.at("clip"));
    Information.of(method.getEwc()).check(place.task(), place.path(), place.problems());
  }

  @Override
  boolean needsTaskClasses(Method method) {
    return !Information.of(method.getEwc()).isByCaptions();
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, MethodInputs inputs) {
    spec.getEwcBuilder().setFisher(inputs.fisher(method.getEwc(), method.hasLpFt()));
  }
}
