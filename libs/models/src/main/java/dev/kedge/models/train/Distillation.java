package dev.kedge.models.train;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/** What joins the loss to keep the student's outputs near the teacher's. */
public interface Distillation {
  /** The term, weighted: a scalar. */
  Tensor term(
      Scope scope, ImageClassification.Outputs student, ImageClassification.Outputs teacher);
}
