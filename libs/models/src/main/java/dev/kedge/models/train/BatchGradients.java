package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Autograd;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Optional;

/**
 * Losses and gradients of batches: micro-batches one after another, weighted by their scored rows.
 *
 * @param learner the model under its task
 * @param teacher adds to the loss
 * @param all everything the learner reads
 * @param moved what is differentiated for
 */
record BatchGradients<B extends Batch>(
    Learner<B> learner, Teacher<B> teacher, Weights all, Weights moved) {
  /**
   * What a batch gives.
   *
   * @param gradients in the order of the moved weights
   * @param task mean task loss
   * @param added what the teacher adds, weighted
   */
  record Sum(List<Tensor> gradients, double task, double added) {
    private Sum takenBy(Scope scope, Scope owner) {
      gradients.forEach(gradient -> scope.take(gradient, owner));
      return this;
    }

    private Sum plus(Scope scope, Sum other) {
      KERNELS.run(scope, "add_scaled", List.of(gradients, other.gradients, 1.0));
      return new Sum(gradients, task + other.task, added + other.added);
    }
  }

  /** Of a batch in parts; the scope owns the sum, and a part's gradients go once they are in it. */
  Sum of(Scope scope, List<B> parts) {
    int weight = parts.stream().mapToInt(Batch::weight).sum();
    Sum sum = null;
    for (B part : parts) {
      try (Scope own = Scope.plain()) {
        Sum each = of(own, part, (double) part.weight() / weight);
        sum = sum == null ? each.takenBy(scope, own) : sum.plus(own, each);
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException("a step needs a batch; the data gave none");
    }
    return sum;
  }

  private Sum of(Scope scope, B part, double share) {
    try (Scope tape = Scope.recording()) {
      Outputs outputs = learner.outputs(tape, all, part);
      Tensor task = learner.loss(tape, outputs, part);
      Optional<Tensor> added = teacher.term(tape, part, outputs);
      Tensor total = added.map(term -> KERNELS.tensor(tape, "sum_of", task, term)).orElse(task);
      List<Tensor> gradients = Autograd.gradients(tape, total, moved.all());
      gradients.forEach(gradient -> scope.take(gradient, tape));
      if (share < 1) {
        KERNELS.run(scope, "scale", List.of(gradients, share));
      }
      double addedLoss = added.map(term -> (double) term.number()).orElse(0.0);
      return new Sum(gradients, share * task.number(), share * addedLoss);
    }
  }

  /** The task loss of a batch under other moved weights. */
  double taskLoss(Scope scope, Weights values, B batch) {
    Outputs outputs = learner.outputs(scope, all.with(values), batch);
    return learner.loss(scope, outputs, batch).number();
  }
}
