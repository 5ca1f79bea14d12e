package dev.kedge.models.train;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.Optional;

/**
 * Cross entropy of images under a head on CLIP's image tower, and what a teacher adds.
 *
 * @param clip the architecture
 * @param form the head's
 * @param teacher the distillation, if the method has one
 */
public record ImageClassification(Clip clip, HeadForm form, Optional<Teacher> teacher)
    implements Objective<LabelledBatch> {
  @Override
  public Loss loss(Scope scope, Weights weights, LabelledBatch batch) {
    Tensor features = clip.imageFeatures(scope, weights, batch.inputs());
    Tensor logits = form.logits(scope, weights, features);
    Tensor task = TrainingKernels.KERNELS.tensor(scope, "cross_entropy", logits, batch.labels());
    return new Loss(
        task, teacher.map(each -> each.term(scope, this, batch, new Outputs(features, logits))));
  }

  /** What teacher and student compute for a batch, without the loss. */
  Outputs outputs(Scope scope, Weights weights, LabelledBatch batch) {
    Tensor features = clip.imageFeatures(scope, weights, batch.inputs());
    return new Outputs(features, form.logits(scope, weights, features));
  }

  /**
   * What the model says of a batch.
   *
   * @param features {@code [batch, projection]}, not normalised
   * @param logits {@code [batch, classes]}
   */
  public record Outputs(Tensor features, Tensor logits) {}
}
