package dev.kedge.training;

import static java.util.Map.entry;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Ema;
import dev.kedge.models.train.Ewc;
import dev.kedge.models.train.HeadForm;
import dev.kedge.models.train.KdFeatures;
import dev.kedge.models.train.KdLogits;
import dev.kedge.models.train.L1;
import dev.kedge.models.train.L2;
import dev.kedge.models.train.L2Decoupled;
import dev.kedge.models.train.Ldifs;
import dev.kedge.models.train.Lora;
import dev.kedge.models.train.LoraTargets;
import dev.kedge.models.train.PenaltyScope;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.MethodSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The protections that a spec can name, one line each.
 *
 * @param scope owns what a protection needs
 * @param trainable names of all that may train
 * @param transposed whether matrices are {@code [in, out]}, as GPT-2's are
 * @param seed of what a protection draws
 */
record Methods(
    StageContext context, Scope scope, List<String> trainable, boolean transposed, long seed) {
  private static final Map<String, Maker> PROTECTIONS =
      Map.ofEntries(
          entry("l2", Methods::l2),
          entry("l1", Methods::l1),
          entry("ewc", Methods::ewc),
          entry("kd_features", Methods::kdFeatures),
          entry("kd_logits", Methods::kdLogits),
          entry("l2_decoupled", Methods::l2Decoupled),
          entry("ldifs", Methods::ldifs),
          entry("lora", Methods::lora),
          entry("ema", Methods::ema));

  @FunctionalInterface
  private interface Maker {
    ScaledProtection of(Methods methods, MethodSpec spec) throws IOException;
  }

  /** What a method consists of, as the contract names it. */
  static List<String> names(MethodSpec spec) {
    return spec.getAllFields().keySet().stream().map(field -> field.getName()).toList();
  }

  /** The protections of a method, in the contract's order; none for plain fine-tuning. */
  List<ScaledProtection> of(MethodSpec spec) throws IOException {
    List<ScaledProtection> protections = new ArrayList<>();
    for (String name : names(spec)) {
      if (PROTECTIONS.containsKey(name)) {
        protections.add(PROTECTIONS.get(name).of(this, spec));
      }
    }
    return protections;
  }

  private ScaledProtection l2(MethodSpec spec) {
    MethodSpec.L2 l2 = spec.getL2();
    PenaltyScope penalised = penalised(l2.getExcludeHead());
    return ScaledProtection.by(
        l2.getLambda(), l2.getRelativeTo(), lambda -> new L2(lambda, penalised));
  }

  private ScaledProtection l2Decoupled(MethodSpec spec) {
    MethodSpec.L2Decoupled l2 = spec.getL2Decoupled();
    PenaltyScope penalised = penalised(l2.getExcludeHead());
    return ScaledProtection.by(
        l2.getLambda(), l2.getRelativeTo(), lambda -> new L2Decoupled(lambda, penalised));
  }

  private ScaledProtection l1(MethodSpec spec) {
    MethodSpec.L1 l1 = spec.getL1();
    PenaltyScope penalised = penalised(l1.getExcludeHead());
    return ScaledProtection.by(
        l1.getLambda(), l1.getRelativeTo(), lambda -> new L1(lambda, penalised));
  }

  private ScaledProtection ewc(MethodSpec spec) throws IOException {
    MethodSpec.Ewc ewc = spec.getEwc();
    PenaltyScope penalised = penalised(ewc.getExcludeHead());
    Weights fisher = FisherFile.read(context.input(ewc.getFisher()), scope, trainable, ewc);
    warnOfFree(fisher);
    return ScaledProtection.by(
        ewc.getLambda(), ewc.getRelativeTo(), lambda -> new Ewc(lambda, penalised, fisher));
  }

  private void warnOfFree(Weights fisher) {
    List<String> free = trainable.stream().filter(name -> !fisher.names().contains(name)).toList();
    if (!free.isEmpty()) {
      context.warn("ewc does not hold " + free + ": there is no Fisher information of them");
    }
  }

  private ScaledProtection kdFeatures(MethodSpec spec) {
    MethodSpec.KdFeatures kd = spec.getKdFeatures();
    return ScaledProtection.by(kd.getLambda(), kd.getRelativeTo(), KdFeatures::new);
  }

  private ScaledProtection kdLogits(MethodSpec spec) {
    MethodSpec.KdLogits kd = spec.getKdLogits();
    return ScaledProtection.by(
        kd.getLambda(), kd.getRelativeTo(), lambda -> new KdLogits(lambda, kd.getTemperature()));
  }

  private ScaledProtection ldifs(MethodSpec spec) {
    MethodSpec.Ldifs ldifs = spec.getLdifs();
    return ScaledProtection.by(ldifs.getLambda(), ldifs.getRelativeTo(), Ldifs::new);
  }

  private ScaledProtection lora(MethodSpec spec) {
    warnWithoutHead(spec.getLora().getTrainHead(), "lora.train_head");
    return ScaledProtection.without(lora(spec.getLora(), transposed, seed));
  }

  /** The adapters that a spec asks for. */
  static Lora lora(MethodSpec.Lora lora, boolean transposed, long seed) {
    LoraTargets targets = new LoraTargets(lora.getTargetsList());
    return new Lora(
        lora.getRank(), lora.getAlpha(), targets, lora.getTrainHead(), transposed, seed);
  }

  private ScaledProtection ema(MethodSpec spec) {
    return ScaledProtection.without(new Ema(spec.getEma().getDecay()));
  }

  private PenaltyScope penalised(boolean excludeHead) {
    warnWithoutHead(excludeHead, "exclude_head");
    return excludeHead ? PenaltyScope.WITHOUT_HEAD : PenaltyScope.ALL;
  }

  /** A head that is the token table cannot be treated apart. */
  private void warnWithoutHead(boolean asked, String what) {
    if (asked && trainable.stream().noneMatch(HeadForm::holds)) {
      context.warn(what + " does nothing here: no head of its own trains in this run");
    }
  }
}
