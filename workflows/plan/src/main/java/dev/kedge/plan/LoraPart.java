package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;
import java.util.List;
import java.util.Map;

/**
 * Low-rank adapters: by default with α = 2r on what PEFT adapts of the base's family. A head that
 * is made for the task trains beside them; a language model's does so where it is asked for, since
 * base and adapters alone are then the checkpoint.
 */
final class LoraPart extends MethodPart {
  private static final List<String> TARGETS = List.of("q_proj", "v_proj");

  /** GPT-2 has query, key and value in one matrix. */
  private static final Map<String, List<String>> OTHER_TARGETS = Map.of("gpt2", List.of("c_attn"));

  LoraPart() {
    super("lora");
  }

  @Override
  void check(Method method, MethodRules.Place place) {
    place.problems().requireDistinct(method.getLora().getTargetsList(), place.at("targets"));
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, MethodInputs inputs) {
    MethodSpec.Lora.Builder lora = spec.getLoraBuilder();
    if (method.getLora().getAlphaCount() == 0) {
      lora.setAlpha(2.0 * lora.getRank());
    }
    if (lora.getTargetsCount() == 0) {
      lora.addAllTargets(OTHER_TARGETS.getOrDefault(inputs.family(), TARGETS));
    }
    lora.setTrainHead(
        method.getLora().hasTrainHead() ? method.getLora().getTrainHead() : !inputs.isLanguage());
  }
}
