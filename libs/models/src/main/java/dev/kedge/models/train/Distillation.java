package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.Optional;

/** What joins the loss to keep the student's outputs near those of the anchor. */
public interface Distillation extends Protection {
  /**
   * The term, weighted: a scalar, the mean over rows.
   *
   * @param teacher what the anchor says of the same batch; not recorded
   */
  Tensor term(Scope scope, Outputs student, Outputs teacher);

  @Override
  default Optional<Distillation> distillation() {
    return Optional.of(this);
  }
}
