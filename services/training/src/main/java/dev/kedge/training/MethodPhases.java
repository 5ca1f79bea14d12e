package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.EarlyStop;
import dev.kedge.models.train.L2Decoupled;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.Protection;
import dev.kedge.models.train.Replay;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Optimisation;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a method into phases, whatever the task.
 *
 * @param scope owns what the method needs
 */
record MethodPhases<B extends Batch>(
    TunableTask<B> task, TrainSpec spec, StageContext context, Scope scope) {
  /**
   * The phases in order; none where nothing trains.
   *
   * @throws IllegalArgumentException if the method does not go with model and data
   */
  List<Phase> all() throws IOException {
    MethodSpec method = spec.getMethod();
    List<String> names = Methods.names(method);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("the TRAIN stage has no method");
    }
    List<Phase> phases = new ArrayList<>();
    if (method.hasLp() || method.hasLpFt()) {
      phases.add(probe());
    }
    if (!method.hasLp() && !method.hasZeroShot()) {
      phases.add(main(method.hasLpFt() ? "ft" : String.join("+", names)));
    }
    return phases;
  }

  private Phase probe() {
    OptimisationRules rules =
        new OptimisationRules(spec.getOptimisation(), task.training().size())
            .ofProbe(spec.getMethod().getLpFt());
    List<String> head = new LinearProbe().moved(task.trainable());
    return new Phase(
        "lp",
        rules.steps(),
        rules.spec().getBatchSize(),
        current -> loop(task.probe(rules, current), current, head));
  }

  private static <T extends Batch> TrainingLoop<T> loop(
      TrainingRun<T> run, Weights current, List<String> moved) {
    return new TrainingLoop<>(run, current, current.only(moved));
  }

  private Phase main(String name) throws IOException {
    OptimisationRules rules = rules();
    rules.precision().warning().ifPresent(context::warn);
    rules.warnings().forEach(context::warn);
    naming(
        "optimisation.rate_factors",
        () -> {
          rules.descent().factors().requireIn(task.trainable());
          return rules;
        });
    Batches<B> batches = batches(rules);
    Optional<EarlyStop<B>> stop = earlyStop(rules);
    List<ScaledProtection> scaled =
        new Methods(context, scope, task.trainable(), task.transposed(), rules.spec().getSeed())
            .of(spec.getMethod());
    List<String> moved =
        naming(
            "method.lora.targets",
            () ->
                Protection.moved(
                    scaled.stream().map(ScaledProtection::unit).toList(), task.trainable()));
    Learner<B> learner = rules.precision().of(task.learner());
    Learner<B> teacher = task.teacher().orElse(learner);
    TrainingRun<B> plain =
        new TrainingRun<>(learner, batches, List.of(), rules.descent()).taughtBy(teacher);
    RelativeStrength<B> strength = new RelativeStrength<>(context, task, plain, moved);
    return new Phase(
        name,
        rules.steps(),
        spec.getOptimisation().getBatchSize(),
        all -> {
          Weights current = task.read(all);
          List<Protection> protections =
              scaled.stream().map(each -> strength.of(each, current)).toList();
          requireNoOvershoot(protections);
          TrainingRun<B> untaught =
              new TrainingRun<>(learner, batches, protections, rules.descent());
          TrainingRun<B> run =
              task.teacher()
                  .map(untaught::taughtBy)
                  .orElseGet(
                      () -> new StoredTeacher<>(context, task, rules).teach(untaught, current));
          return loop(stop.map(run::stoppingBy).orElse(run), current, moved);
        });
  }

  private void requireNoOvershoot(List<Protection> protections) {
    for (Protection each : protections) {
      if (each instanceof L2Decoupled pull) {
        pull.requireNoOvershoot(spec.getOptimisation().getLearningRate());
      }
    }
  }

  /** A complaint begins with the parameter that a retry can change. */
  static <T> T naming(String parameter, Supplier<T> checked) {
    try {
      return checked.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(parameter + ": " + e.getMessage(), e);
    }
  }

  /** A step sees so many samples of the task; the rest of the batch is replayed. */
  private OptimisationRules rules() {
    Optimisation optimisation = spec.getOptimisation();
    int fromTask = optimisation.getBatchSize() - replayed();
    return new OptimisationRules(
        optimisation.toBuilder().setBatchSize(fromTask).build(), task.training().size());
  }

  private int replayed() {
    MethodSpec.Replay replay = spec.getMethod().getReplay();
    return spec.getMethod().hasReplay()
        ? Replay.share(spec.getOptimisation().getBatchSize(), replay.getFraction())
        : 0;
  }

  private Batches<B> batches(OptimisationRules rules) {
    Batches<B> seen = task.training().batches(rules);
    return spec.getMethod().hasReplay()
        ? new Replay<>(seen, calibration(spec.getMethod().getReplay()))
        : seen;
  }

  /** With draws of its own: a dropout that is the task's would tie the two parts of a batch. */
  private Batches<B> calibration(MethodSpec.Replay replay) {
    TunableTask.Samples<B> samples = task.open(replay.getData());
    Optimisation share =
        spec.getOptimisation().toBuilder()
            .setBatchSize(replayed())
            .setSeed(~spec.getOptimisation().getSeed())
            .build();
    return samples.endless(new OptimisationRules(share, samples.size()));
  }

  private Optional<EarlyStop<B>> earlyStop(OptimisationRules rules) {
    if (!spec.getMethod().hasEarlyStop()) {
      return Optional.empty();
    }
    MethodSpec.EarlyStop stop = spec.getMethod().getEarlyStop();
    TunableTask.Samples<B> samples = task.open(stop.getValidation());
    Optimisation asTheyAre =
        spec.getOptimisation().toBuilder().clearAugmentation().clearSeed().build();
    OptimisationRules looking = new OptimisationRules(asTheyAre, samples.size());
    int every = stop.getEverySteps() == 0 ? rules.epochs().stepsPerEpoch() : stop.getEverySteps();
    return Optional.of(
        new EarlyStop<>(
            samples.batches(looking),
            looking.epochs().stepsPerEpoch(),
            rules.steps(),
            every,
            stop.getPatience()));
  }
}
