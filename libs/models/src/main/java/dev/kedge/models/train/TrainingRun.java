package dev.kedge.models.train;

import java.util.List;

/**
 * The fixed parts of a run.
 *
 * @param learner the model under its task
 * @param batches what is seen when
 * @param protections all of them together; none for plain fine-tuning
 * @param descent how gradients become steps
 */
public record TrainingRun<B extends Batch>(
    Learner<B> learner, Batches<B> batches, List<Protection> protections, Descent descent) {
  public TrainingRun {
    protections = List.copyOf(protections);
  }
}
