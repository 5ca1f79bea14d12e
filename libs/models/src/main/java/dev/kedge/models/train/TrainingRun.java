package dev.kedge.models.train;

import java.util.List;
import java.util.Optional;

/**
 * The fixed parts of a run.
 *
 * @param learner the model under its task
 * @param teacher says what the anchor says of a batch; the learner itself, or one that remembers
 * @param batches what is seen when
 * @param protections all of them together; none for plain fine-tuning
 * @param descent how gradients become steps
 * @param earlyStop when to stop before the schedule's end
 */
public record TrainingRun<B extends Batch>(
    Learner<B> learner,
    Learner<B> teacher,
    Batches<B> batches,
    List<Protection> protections,
    Descent descent,
    Optional<EarlyStop<B>> earlyStop) {
  public TrainingRun {
    protections = List.copyOf(protections);
  }

  /** A run to the end of its schedule, whose teacher computes. */
  public TrainingRun(
      Learner<B> learner, Batches<B> batches, List<Protection> protections, Descent descent) {
    this(learner, learner, batches, protections, descent, Optional.empty());
  }

  /** The same with another teacher. */
  public TrainingRun<B> taughtBy(Learner<B> other) {
    return new TrainingRun<>(learner, other, batches, protections, descent, earlyStop);
  }

  /** The same with an early stop. */
  public TrainingRun<B> stoppingBy(EarlyStop<B> rule) {
    return new TrainingRun<>(learner, teacher, batches, protections, descent, Optional.of(rule));
  }

  List<Distillation> distillations() {
    return protections.stream().flatMap(each -> each.distillation().stream()).toList();
  }
}
