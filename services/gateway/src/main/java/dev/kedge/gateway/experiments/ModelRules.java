package dev.kedge.gateway.experiments;

import dev.kedge.models.train.LoraTargets;
import dev.kedge.models.train.RateFactors;
import dev.kedge.plan.Problem;
import dev.kedge.tensors.LayerBlocks;
import dev.kedge.tensors.NameFilter;
import dev.kedge.v1.Average;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import dev.kedge.v1.RateFactor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What of an experiment file must fit the model that it starts from. */
final class ModelRules {
  /** Whichever of them the family has. */
  private static final List<String> DEFAULT_TARGETS = List.of("q_proj", "v_proj", "c_attn");

  private final ExperimentSpec spec;
  private final ModelOutline model;
  private final List<Problem> problems = new ArrayList<>();

  private ModelRules(ExperimentSpec spec, ModelOutline model) {
    this.spec = spec;
    this.model = model;
  }

  /** Every problem, in the file's order. */
  static List<Problem> check(ExperimentSpec spec, ModelOutline model) {
    return new ModelRules(spec, model).check();
  }

  private List<Problem> check() {
    checkLength(
        spec.getTask().getInstruction().getContextTokens(), "task.instruction.context_tokens");
    checkLength(
        spec.getTask().getLanguageModelling().getBlockTokens(),
        "task.language_modelling.block_tokens");
    for (int i = 0; i < spec.getTraining().getRateFactorsCount(); i++) {
      checkRateFactor(
          spec.getTraining().getRateFactors(i), "training.rate_factors[%d].tensors".formatted(i));
    }
    for (int i = 0; i < spec.getMethodsCount(); i++) {
      if (spec.getMethods(i).hasLora()) {
        checkLora(spec.getMethods(i).getLora(), "methods[%d].lora".formatted(i));
      }
    }
    for (int i = 0; i < spec.getAveragesCount(); i++) {
      checkBlocks(spec.getAverages(i), "averages[%d]".formatted(i));
      checkPart(spec.getAverages(i), "averages[%d]".formatted(i));
    }
    return problems;
  }

  private void checkBlocks(Average average, String path) {
    if (average.hasBlockwise()) {
      int blocks = average.getBlockwise().getRatiosCount();
      checkBlocks(blocks, average.getOfList(), path + ".blockwise.ratios");
    } else if (average.getAdaptive().hasBlocks()) {
      int blocks = average.getAdaptive().getBlocks();
      checkBlocks(blocks, average.getOfList(), path + ".adaptive.blocks");
    }
  }

  /** What no method trains is the same in both models, so its layers count for nothing. */
  private void checkBlocks(int blocks, List<String> methods, String path) {
    spec.getMethodsList().stream()
        .filter(method -> methods.contains(method.getId()))
        .mapToInt(method -> LayerBlocks.most(model.trainable(spec, method)))
        .min()
        .ifPresent(
            layers -> {
              if (blocks > layers) {
                add(
                    path,
                    "%d blocks for the model's %d layers: make at most one of each layer"
                        .formatted(blocks, layers));
              }
            });
  }

  /** What no method trains is the same whatever is averaged. */
  private void checkPart(Average average, String path) {
    if (average.getIncludeCount() + average.getExcludeCount() == 0) {
      return;
    }
    List<String> include = average.getIncludeCount() == 0 ? List.of("*") : average.getIncludeList();
    NameFilter part = new NameFilter(include, average.getExcludeList());
    spec.getMethodsList().stream()
        .filter(method -> average.getOfList().contains(method.getId()))
        .filter(method -> model.trainable(spec, method).stream().noneMatch(part::fits))
        .forEach(
            method ->
                add(
                    path + (average.getIncludeCount() == 0 ? ".exclude" : ".include"),
                    "for the method `%s`, no tensor that trains is left by include %s, exclude %s"
                        .formatted(method.getId(), include, average.getExcludeList())));
  }

  private void checkLength(int tokens, String path) {
    model
        .context()
        .ifPresent(
            context -> {
              if (tokens > context) {
                add(
                    path,
                    "%d is above the model's context of %d tokens: write at most that"
                        .formatted(tokens, context));
              }
            });
  }

  /** A glob must mean something to every method, since each trains by it. */
  private void checkRateFactor(RateFactor factor, String path) {
    var factors = new RateFactors(List.of(new RateFactors.Factor(factor.getTensors(), 1)));
    for (Method method : spec.getMethodsList()) {
      try {
        if (!method.hasLp() && !factor.getTensors().isEmpty()) {
          factors.requireIn(model.trainable(spec, method));
        }
      } catch (IllegalArgumentException e) {
        add(path, "for the method `%s`, %s".formatted(method.getId(), e.getMessage()));
        return;
      }
    }
  }

  private void checkLora(Method.Lora lora, String path) {
    Map<String, long[]> matrices = model.matrices();
    try {
      adapted(lora.getTargetsList(), List.copyOf(matrices.keySet())).stream()
          .min(Comparator.comparingLong(name -> smallerSide(matrices.get(name))))
          .ifPresent(name -> checkRanks(lora.getRankList(), name, matrices.get(name), path));
    } catch (IllegalArgumentException e) {
      add(path + ".targets", e.getMessage());
    }
  }

  private static List<String> adapted(List<String> targets, List<String> matrices) {
    List<String> usual =
        DEFAULT_TARGETS.stream()
            .filter(
                target ->
                    matrices.stream().anyMatch(name -> name.endsWith("." + target + ".weight")))
            .toList();
    return new LoraTargets(targets.isEmpty() ? usual : targets).choose(matrices);
  }

  private void checkRanks(List<Integer> ranks, String name, long[] shape, String path) {
    for (int i = 0; i < ranks.size(); i++) {
      if (ranks.get(i) > smallerSide(shape)) {
        add(
            "%s.rank[%d]".formatted(path, i),
            "%d is above the smaller side of %s, which is %s: write at most %d"
                .formatted(ranks.get(i), name, Arrays.toString(shape), smallerSide(shape)));
      }
    }
  }

  private static long smallerSide(long[] shape) {
    return Math.min(shape[0], shape[1]);
  }

  private void add(String path, String message) {
    problems.add(new Problem(path, message));
  }
}
