package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.AdaptiveAverage;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.BlockRatios;
import dev.kedge.models.train.HeadFile;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.MeanLoss;
import dev.kedge.models.train.StepReport;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.tensors.LayerBlocks;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adaptive model averaging at work: the ratios follow the gradient of the task's loss; at the start
 * and after every pass the loss over all of the data is taken.
 *
 * @param average what trains
 * @param frozen what the learner reads beside the mixed weights
 * @param rules of the optimisation
 */
record RatioSearch<B extends Batch>(
    AdaptSpec spec,
    StageContext context,
    AdaptiveAverage average,
    Weights frozen,
    TunableTask<B> task,
    Learner<B> learner,
    Batches<B> batches,
    OptimisationRules rules) {
  /** Where neither the file nor the model says fewer. */
  private static final int BLOCKS = 3;

  /**
   * Reads both models and checks that they can be mixed.
   *
   * @param planning owns the plan's weights; what is mixed of them is not needed and freed
   * @param scope owns the search's
   * @throws IllegalArgumentException if they are models of different things
   */
  static RatioSearch<?> of(
      AdaptSpec spec, TrainingPlan plan, Scope planning, StageContext context, Scope scope)
      throws IOException {
    for (Input model : List.of(spec.getBase(), spec.getTuned())) {
      requireHead(model, plan.head(), context);
    }
    Weights frozen = without(plan.task().trainable(), plan.task().read(plan.start()));
    frozen.all().forEach(tensor -> scope.take(tensor, planning));
    planning.close();
    return of(spec, frozen, plan.task(), context, scope);
  }

  private static Weights without(Collection<String> names, Weights all) {
    Set<String> others = new LinkedHashSet<>(all.names());
    others.removeAll(Set.copyOf(names));
    return all.only(others);
  }

  private static void requireHead(Input model, Optional<HeadFile> head, StageContext context)
      throws IOException {
    Optional<HeadFile> its = HeadFile.read(context.input(model));
    if (!its.equals(head)) {
      throw new IllegalArgumentException(
          "%s has %s, but the task has %s; mix the checkpoints of one task"
              .formatted(model.getArtifact(), words(its), words(head)));
    }
  }

  private static String words(Optional<HeadFile> head) {
    return head.map(one -> "a %s head of the classes %s".formatted(one.form(), one.classes()))
        .orElse("no head");
  }

  private static <B extends Batch> RatioSearch<B> of(
      AdaptSpec spec, Weights frozen, TunableTask<B> task, StageContext context, Scope scope)
      throws IOException {
    BlockRatios ratios = new BlockRatios(spec.getRho());
    OptimisationRules rules = new OptimisationRules(spec.getOptimisation(), task.training().size());
    rules.warnings().forEach(context::warn);
    try (Scope passing = Scope.plain()) {
      Weights base = task.trained(passing, context.input(spec.getBase()));
      Weights tuned = task.trained(passing, context.input(spec.getTuned()));
      int count = blocks(spec, base.names());
      MixedTensors some = new MixedTensors(spec);
      List<String> mixed = some.of(base.names());
      AdaptiveAverage average =
          AdaptiveAverage.of(
              scope,
              base.only(mixed),
              tuned.only(mixed),
              ratios,
              LayerBlocks.of(base.names(), count),
              count);
      Weights others = without(mixed, some.otherwise().equals(spec.getBase()) ? base : tuned);
      others.all().forEach(tensor -> scope.take(tensor, passing));
      return new RatioSearch<>(
          spec,
          context,
          average,
          frozen.with(others),
          task,
          rules.precision().of(task.learner()),
          task.training().batches(rules),
          rules);
    }
  }

  /**
   * As many as asked for, or as there are layers, but few: each is a number to learn.
   *
   * @param mixed names of what is mixed, which need not be all of the model
   */
  private static int blocks(AdaptSpec spec, Collection<String> mixed) {
    if (!spec.hasBlocks()) {
      return Math.max(1, Math.min(BLOCKS, LayerBlocks.most(mixed)));
    }
    if (spec.getBlocks() < 1) {
      throw new IllegalArgumentException("blocks must be at least 1, not " + spec.getBlocks());
    }
    return spec.getBlocks();
  }

  /** Learns to the end, from where it was stopped or from the last saved pass. */
  RatiosFound run() throws IOException {
    TrainingRun<B> run = new TrainingRun<>(learner, batches, List.of(average), rules.descent());
    try (TrainingLoop<B> loop = begun(run)) {
      RatioProgress progress = new RatioProgress(context);
      List<RatioLook> looks = progress.restore(loop);
      try {
        while (looks.size() <= rules.steps() / stepsPerPass()) {
          advance(loop, looks, progress);
        }
      } catch (StageStopped e) {
        progress.save(loop, looks);
        throw e;
      }
      return new RatiosFound(spec, looks);
    }
  }

  /** The loop has copies of where it starts, so that nothing else keeps that. */
  private TrainingLoop<B> begun(TrainingRun<B> run) throws IOException {
    try (Scope passing = Scope.plain()) {
      return new TrainingLoop<>(run, frozen, start(passing));
    }
  }

  private Weights start(Scope scope) throws IOException {
    try (Scope passing = Scope.plain()) {
      return average.start(scope, task.trained(passing, context.input(spec.getBase())));
    }
  }

  /** The next step of a pass, or the look after it. */
  private void advance(TrainingLoop<B> loop, List<RatioLook> looks, RatioProgress progress)
      throws IOException {
    if (loop.steps() < looks.size() * stepsPerPass()) {
      context.checkStopping();
      report(loop.step());
    } else {
      looks.add(look(loop, looks.size()));
      progress.save(loop, looks);
    }
  }

  private int stepsPerPass() {
    return rules.epochs().stepsPerEpoch();
  }

  private RatioLook look(TrainingLoop<B> loop, int pass) {
    double loss =
        new MeanLoss<>(learner, batches, stepsPerPass())
            .of(frozen.with(loop.moved()), context::checkStopping);
    RatioLook look = new RatioLook(pass, average.ratios(loop.trained()), loss);
    context.info(
        String.format(
            Locale.ROOT, "after pass %d: ratios %s, loss %.6g", pass, look.ratios(), loss));
    return look;
  }

  private void report(StepReport step) {
    context.progress(
        step.step() + 1,
        rules.steps(),
        "steps",
        Map.of("loss", step.taskLoss(), "gradient_norm", step.gradientNorm()));
  }
}
