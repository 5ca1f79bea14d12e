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
    Method.Ewc ewc = method.getEwc();
    place.problems().requireNotNegative(ewc.getSamples(), place.at("samples"));
    place
        .problems()
        .require(
            ewc.getMode() != Method.Ewc.Mode.EXPECTED || place.task().hasImageClassification(),
            place.at("mode"),
            "EXPECTED is known for images only: write EMPIRICAL");
    place
        .problems()
        .require(
            !place.task().getImageClassification().getCosineHead(),
            place.path(),
            "does not go with cosine_head: the Fisher information is known for linear heads only");
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, Supplies supplies) {
    spec.getEwcBuilder().setFisher(supplies.fisher(method.getEwc()));
  }
}
