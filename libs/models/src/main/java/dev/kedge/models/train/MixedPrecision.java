package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * A learner whose matrix products are taken in BF16. The weights stay F32: each step casts them, on
 * the record, so that gradients come back as F32. Norms, sums and losses are F32, and so is the
 * head of a classifier.
 *
 * @param learner whose kernels take matrices of another type than the rest
 */
public record MixedPrecision<B extends Batch>(Learner<B> learner) implements Learner<B> {
  /** Parts of the names of tables and language heads, which the kernels cast where they must. */
  private static final List<String> KEPT =
      List.of("position", "token_embedding", "embed_tokens", ".wte.", ".wpe.", "lm_head.");

  @Override
  public Outputs outputs(Scope scope, Weights weights, B batch) {
    List<String> cast = weights.names().stream().filter(name -> isCast(weights, name)).toList();
    List<Tensor> smaller = KERNELS.tensors(scope, "to_bf16", weights.all(cast));
    Weights mixed = weights.with(weights.only(cast).named(smaller));
    return learner.outputs(scope, mixed, batch);
  }

  /** Matrices of products; what is looked up or stands in the head is not. */
  private static boolean isCast(Weights weights, String name) {
    return weights.get(name).shape().length >= 2
        && !HeadForm.holds(name)
        && KEPT.stream().noneMatch(name::contains);
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, B batch) {
    return learner.loss(scope, outputs, batch);
  }

  @Override
  public void constrain(Scope scope, Weights weights) {
    learner.constrain(scope, weights);
  }
}
