package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;

/** Distillation of logits: at temperature 1 unless the file says otherwise. */
final class KdLogitsPart extends MethodPart {
  KdLogitsPart() {
    super("kd_logits");
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, MethodInputs inputs) {
    if (method.getKdLogits().getTemperatureCount() == 0) {
      spec.getKdLogitsBuilder().setTemperature(1);
    }
  }
}
