package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Ewc;
import dev.kedge.models.train.KdFeatures;
import dev.kedge.models.train.KdLogits;
import dev.kedge.models.train.L1;
import dev.kedge.models.train.L2;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.Protection;
import dev.kedge.models.train.Reach;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The methods that a spec can name, each as the phases it consists of.
 *
 * @param scope owns what a method needs
 * @param trainable names of all that may train
 */
record Methods(StageContext context, Scope scope, List<String> trainable) {
  /** The file of a FISHER stage's artifact. */
  static final String FISHER_FILE = "fisher.safetensors";

  /** The protections of each phase, by the phase's name, in order; none where nothing trains. */
  Map<String, List<Protection>> of(MethodSpec spec) throws IOException {
    return switch (spec.getMethodCase()) {
      case ZERO_SHOT -> Map.of();
      case LP_FT -> probeThenFull();
      case FULL -> Map.of("full", List.of());
      default -> Map.of(spec.getMethodCase().name().toLowerCase(Locale.ROOT), List.of(one(spec)));
    };
  }

  private static Map<String, List<Protection>> probeThenFull() {
    Map<String, List<Protection>> phases = new LinkedHashMap<>();
    phases.put("lp", List.of(new LinearProbe()));
    phases.put("ft", List.of());
    return phases;
  }

  private Protection one(MethodSpec spec) throws IOException {
    return switch (spec.getMethodCase()) {
      case LP -> new LinearProbe();
      case L2 -> new L2(spec.getL2().getLambda(), reach(spec.getL2().getExcludeHead()));
      case L1 -> new L1(spec.getL1().getLambda(), reach(spec.getL1().getExcludeHead()));
      case EWC -> ewc(spec.getEwc());
      case KD_FEATURES -> new KdFeatures(spec.getKdFeatures().getLambda());
      case KD_LOGITS ->
          new KdLogits(spec.getKdLogits().getLambda(), spec.getKdLogits().getTemperature());
      case ZERO_SHOT, FULL, LP_FT, METHOD_NOT_SET ->
          throw new IllegalArgumentException("the TRAIN stage has no method");
    };
  }

  private static Reach reach(boolean excludeHead) {
    return excludeHead ? Reach.WITHOUT_HEAD : Reach.ALL;
  }

  private Protection ewc(MethodSpec.Ewc spec) throws IOException {
    Path file = context.input(spec.getFisher()).resolve(FISHER_FILE);
    try (SafetensorsFile fisher = SafetensorsFile.open(file)) {
      return new Ewc(
          spec.getLambda(), reach(spec.getExcludeHead()), Weights.read(scope, fisher, trainable));
    }
  }
}
