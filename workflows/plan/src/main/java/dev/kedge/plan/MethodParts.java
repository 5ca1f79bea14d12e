package dev.kedge.plan;

import dev.kedge.v1.Method;
import java.util.List;
import java.util.stream.Collectors;

/** All that a method can consist of. */
final class MethodParts {
  static final List<MethodPart> ALL =
      List.of(
          new FullPart(),
          new LinearProbePart(),
          new LinearProbeThenFullPart(),
          new FlypPart(),
          new MethodPart("l2"),
          new MethodPart("l1"),
          new EwcPart(),
          new MethodPart("kd_features"),
          new KdLogitsPart(),
          new L2DecoupledPart(),
          new MethodPart("ldifs"),
          new LoraPart(),
          new ReplayPart(),
          new EarlyStopPart(),
          new MethodPart("ema"));

  private MethodParts() {}

  /** The parts of one method. */
  static List<MethodPart> of(Method method) {
    return ALL.stream().filter(part -> part.isIn(method)).toList();
  }

  static String names(List<MethodPart> parts) {
    return parts.stream().map(MethodPart::name).collect(Collectors.joining(", "));
  }
}
