package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;

/** An {@link EarlyStop} at work. */
final class Watch<B extends Batch> {
  private final EarlyStop<B> rule;
  private final BatchGradients<B> learner;
  private final MovedWeights weights;
  private final BestSoFar best;

  /**
   * @param scope owns the best weights
   */
  Watch(Scope scope, EarlyStop<B> rule, BatchGradients<B> learner, MovedWeights weights) {
    this.rule = rule;
    this.learner = learner;
    this.weights = weights;
    this.best = new BestSoFar(scope, weights.trained());
  }

  /** Looks at what a run begins with; later calls do nothing. */
  void lookAtTheStart(Weights trained) {
    if (best.isEmpty()) {
      look(trained);
    }
  }

  /** Looks where it is time. */
  void after(int stepsDone, Weights trained) {
    if (rule.isDue(stepsDone)) {
      look(trained);
    }
  }

  private void look(Weights trained) {
    try (Scope now = Scope.plain()) {
      best.look(now, trained, loss(now, trained));
    }
  }

  private double loss(Scope now, Weights trained) {
    Weights moved = weights.from(now, trained);
    double sum = 0;
    long rows = 0;
    for (int i = 0; i < rule.batches(); i++) {
      try (Scope one = Scope.plain()) {
        for (B part : rule.validation().at(one, i)) {
          sum += part.weight() * learner.taskLoss(one, moved, part);
          rows += part.weight();
        }
      }
    }
    return sum / rows;
  }

  /** Whether patience has run out. */
  boolean isOver() {
    return best.stale() >= rule.patience();
  }

  Weights best() {
    return best.weights();
  }

  Weights state() {
    return best.state();
  }
}
