package dev.kedge.models.train;

import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;

/**
 * Samples with their classes.
 *
 * @param inputs pixels {@code [batch, channels, height, width]} or features {@code [batch,
 *     projection]}
 * @param labels {@code [batch]}, I64
 * @param size number of samples
 */
public record LabelledBatch(Tensor inputs, Tensor labels, int size) implements Batch {
  @Override
  public int weight() {
    return size;
  }

  /** The mean of −log p(label): a scalar. */
  Tensor crossEntropy(Scope scope, Tensor logits) {
    return TrainingKernels.KERNELS.tensor(scope, "cross_entropy", logits, labels);
  }

  /** Samples with these classes. */
  public static LabelledBatch of(Scope scope, Tensor inputs, long[] labels) {
    return new LabelledBatch(inputs, Tensor.of(scope, labels, labels.length), labels.length);
  }

  /** Pictures as they are, with their classes. */
  public static LabelledBatch of(Scope scope, LabelledPictures pictures, int[] samples) {
    Tensor pixels = Pixels.of(scope, pictures, samples, LabelledPictures.View.PLAIN);
    return of(scope, pixels, pictures.labels(samples));
  }
}
