package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import java.util.List;

/**
 * What is seen at which step: a pure function, so that a resumed run sees what an undisturbed one
 * would have seen.
 */
@FunctionalInterface
public interface Batches<B extends Batch> {
  /**
   * The step's batch, in one part or in several micro-batches that are computed one after another.
   *
   * @param scope owns the tensors
   * @param step 0-based
   */
  List<B> at(Scope scope, int step);
}
