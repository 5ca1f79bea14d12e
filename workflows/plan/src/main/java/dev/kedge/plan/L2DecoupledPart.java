package dev.kedge.plan;

import dev.kedge.v1.Method;
import java.util.Collections;

/** The pull to the start, of which a step must not take back more than the whole way. */
final class L2DecoupledPart extends MethodPart {
  L2DecoupledPart() {
    super("l2_decoupled");
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    Method.L2Decoupled pull = method.getL2Decoupled();
    if (pull.getRelative() || pull.getLambdaCount() == 0 || place.rates().isEmpty()) {
      return;
    }
    double lambda = Collections.max(pull.getLambdaList());
    double rate = Collections.max(place.rates());
    place
        .problems()
        .require(
            !(lambda * rate > 1),
            place.at("lambda"),
            "%s times the learning rate %s is above 1: a step would go beyond the start"
                .formatted(Numbers.text(lambda), Numbers.text(rate)));
  }
}
