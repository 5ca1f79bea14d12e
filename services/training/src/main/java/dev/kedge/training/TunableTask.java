package dev.kedge.training;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.Batch;
import dev.kedge.models.train.Batches;
import dev.kedge.models.train.Learner;
import dev.kedge.models.train.LinearProbe;
import dev.kedge.models.train.TrainingRun;
import dev.kedge.models.train.Views;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A task as methods see it: a learner, its weights and its data. */
interface TunableTask<B extends Batch> {
  /** The model under its task. */
  Learner<B> learner();

  /** Who says what the start says of a batch, where it is known without computing. */
  default Optional<Learner<B>> teacher() {
    return Optional.empty();
  }

  /** Names of all weights that may train. */
  List<String> trainable();

  /** What the learner reads of all weights; the rest is not worth a cast. */
  default Weights read(Weights all) {
    return all;
  }

  /** Values of those weights in the folder of another run's checkpoint. */
  default Weights trained(Scope scope, Path checkpoint) throws IOException {
    try (Checkpoint weights = Checkpoint.open(checkpoint)) {
      return Weights.read(scope, weights, trainable());
    }
  }

  /** Whether the model's matrices are {@code [in, out]}. */
  default boolean transposed() {
    return false;
  }

  /** What is learnt from. */
  Samples<B> training();

  /** Other data of the same form. */
  Samples<B> open(DatasetPart part);

  /**
   * Training of the head alone.
   *
   * @param current all weights
   */
  default TrainingRun<?> probe(OptimisationRules rules, Weights current) {
    return new TrainingRun<>(
        learner(), training().batches(rules), List.of(new LinearProbe()), rules.descent());
  }

  /** Samples of a task. */
  interface Samples<B extends Batch> {
    /** How many. */
    int size();

    /** What a run with these rules sees of them at each step. */
    Batches<B> batches(OptimisationRules rules);

    /** The same without an end, equally many at every step: for data beside the task's own. */
    Batches<B> endless(OptimisationRules rules);

    /** All that such a run sees, where that can be said and is the same in every epoch. */
    default Optional<Views<B>> views(OptimisationRules rules) {
      return Optional.empty();
    }
  }
}
