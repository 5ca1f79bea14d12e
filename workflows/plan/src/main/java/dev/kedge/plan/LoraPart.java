package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;
import java.util.List;

/** Low-rank adapters: by default on queries and values, with α = 2r and the head beside them. */
final class LoraPart extends MethodPart {
  private static final List<String> TARGETS = List.of("q_proj", "v_proj");

  LoraPart() {
    super("lora");
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    place.problems().requireDistinct(method.getLora().getTargetsList(), place.at("targets"));
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, Supplies supplies) {
    MethodSpec.Lora.Builder lora = spec.getLoraBuilder();
    if (method.getLora().getAlphaCount() == 0) {
      lora.setAlpha(2.0 * lora.getRank());
    }
    if (lora.getTargetsCount() == 0) {
      lora.addAllTargets(TARGETS);
    }
    lora.setTrainHead(!method.getLora().hasTrainHead() || method.getLora().getTrainHead());
  }
}
