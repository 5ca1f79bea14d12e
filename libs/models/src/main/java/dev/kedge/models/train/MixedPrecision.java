package dev.kedge.models.train;

import static dev.kedge.models.train.TrainingKernels.KERNELS;

import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * A learner whose matrix products are taken in BF16. The weights stay F32: each step casts them, on
 * the record, so that gradients come back as F32. Norms, softmax, head and loss are F32.
 *
 * @param learner whose kernels take matrices of another type than the rest
 */
public record MixedPrecision<B extends Batch>(Learner<B> learner) implements Learner<B> {
  /** Parts of the names of tables, of images, texts and language models. */
  private static final List<String> LOOKED_UP =
      List.of("position", "token_embedding", "embed_tokens", ".wte.", ".wpe.");

  @Override
  public Outputs outputs(Scope scope, Weights weights, B batch) {
    List<String> cast = weights.names().stream().filter(name -> isCast(weights, name)).toList();
    List<Tensor> smaller = KERNELS.tensors(scope, "to_bf16", weights.all(cast));
    Weights mixed = weights.with(weights.only(cast).named(smaller));
    Outputs outputs = learner.outputs(scope, mixed, batch);
    return new Outputs(
        f32(scope, outputs.features()), f32(scope, outputs.logits()), outputs.layers());
  }

  /** Matrices of products; what is looked up or stands in the head is not. */
  private static boolean isCast(Weights weights, String name) {
    return weights.get(name).shape().length >= 2
        && !HeadForm.holds(name)
        && LOOKED_UP.stream().noneMatch(name::contains);
  }

  private static Tensor f32(Scope scope, Tensor x) {
    return KERNELS.tensor(scope, "to_f32", x);
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
