package dev.kedge.training;

import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.FeatureLearner;
import dev.kedge.models.train.FeatureStore;
import dev.kedge.models.train.Ldifs;
import dev.kedge.models.train.RememberingTeacher;
import dev.kedge.models.train.Replay;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.models.train.Views;
import dev.kedge.stage.StageContext;
import java.util.Optional;

/**
 * Lets distillation be taught by features that are computed once, where all epochs see the same: a
 * run of several epochs then costs little more than one without a teacher.
 */
record StoredTeacher<B extends Batch>(
    StageContext context, TunableTask<B> task, OptimisationRules rules) {
  /**
   * The run, with such a teacher where it saves work.
   *
   * @param anchor all weights at the start
   */
  TrainingRun<B> teach(TrainingRun<B> run, Weights anchor) {
    Optional<Views<B>> views = task.training().views(rules).filter(FeaturesInPassing::areFew);
    if (views.isPresent() && isTaught(run) && task.learner() instanceof FeatureLearner<B> learner) {
      FeatureStore features =
          new FeaturesInPassing(context, "teacher").of(run.learner(), anchor, views.get());
      return run.taughtBy(new RememberingTeacher<>(learner, features));
    }
    return run;
  }

  /** By features alone, of the task's own samples alone, and more than once. */
  private boolean isTaught(TrainingRun<B> run) {
    return rules.spec().getEpochs() > 1
        && !(run.batches() instanceof Replay<B>)
        && run.protections().stream().anyMatch(each -> each.distillation().isPresent())
        && run.protections().stream().noneMatch(Ldifs.class::isInstance);
  }
}
