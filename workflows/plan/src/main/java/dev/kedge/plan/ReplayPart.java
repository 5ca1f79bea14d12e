package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;

/** Old data among the new. */
final class ReplayPart extends MethodPart {
  ReplayPart() {
    super("replay");
  }

  @Override
  void complete(Method method, MethodSpec.Builder spec, MethodInputs inputs) {
    spec.getReplayBuilder().setData(inputs.all(method.getReplay().getCalibration()));
  }
}
