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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The methods that a spec can name, each as the phases it consists of.
 *
 * @param scope owns what a method needs
 * @param trainable names of all that may train
 */
record Methods(StageContext context, Scope scope, List<String> trainable) {
  /** The file of a FISHER stage's artifact. */
  static final String FISHER_FILE = "fisher.safetensors";

  private static final Set<String> KNOWN =
      Set.of("full", "lp_ft", "l2", "l1", "ewc", "kd_features", "kd_logits");

  /** The protections of each phase, by the phase's name, in order; none where nothing trains. */
  Map<String, List<Protection>> of(MethodSpec spec) throws IOException {
    List<String> names = names(spec);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("the TRAIN stage has no method");
    }
    if (spec.hasZeroShot()) {
      return Map.of();
    }
    Map<String, List<Protection>> phases = new LinkedHashMap<>();
    if (spec.hasLp() || spec.hasLpFt()) {
      phases.put("lp", List.of(new LinearProbe()));
    }
    if (!spec.hasLp()) {
      phases.put(spec.hasLpFt() ? "ft" : String.join("+", names), protections(spec));
    }
    return phases;
  }

  /** What the method consists of, as the contract names it. */
  static List<String> names(MethodSpec spec) {
    return spec.getAllFields().keySet().stream().map(field -> field.getName()).toList();
  }

  private List<Protection> protections(MethodSpec spec) throws IOException {
    requireKnown(names(spec));
    List<Protection> protections = new ArrayList<>();
    if (spec.hasL2()) {
      protections.add(new L2(spec.getL2().getLambda(), reach(spec.getL2().getExcludeHead())));
    }
    if (spec.hasL1()) {
      protections.add(new L1(spec.getL1().getLambda(), reach(spec.getL1().getExcludeHead())));
    }
    if (spec.hasEwc()) {
      protections.add(ewc(spec.getEwc()));
    }
    if (spec.hasKdFeatures()) {
      protections.add(new KdFeatures(spec.getKdFeatures().getLambda()));
    }
    if (spec.hasKdLogits()) {
      protections.add(
          new KdLogits(spec.getKdLogits().getLambda(), spec.getKdLogits().getTemperature()));
    }
    return protections;
  }

  private static void requireKnown(List<String> names) {
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(name + " cannot be trained");
      }
    }
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
