package dev.kedge.models.train;

import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * Samples with their classes.
 *
 * @param inputs pixels {@code [batch, channels, height, width]} or features {@code [batch,
 *     projection]}
 * @param labels {@code [batch]}, I64
 * @param size number of samples
 * @param names the samples' names; empty where they have none
 */
public record LabelledBatch(Tensor inputs, Tensor labels, int size, List<String> names)
    implements Batch {
  public LabelledBatch {
    names = List.copyOf(names);
  }

  @Override
  public int weight() {
    return size;
  }

  @Override
  public List<Sample> samples() {
    return names.stream().map(name -> new Sample(name, 1)).toList();
  }

  /** The mean of −log p(label): a scalar. */
  Tensor crossEntropy(Scope scope, Tensor logits) {
    return TrainingKernels.KERNELS.tensor(scope, "cross_entropy", logits, labels);
  }

  /** Samples without names, with these classes. */
  public static LabelledBatch of(Scope scope, Tensor inputs, long[] labels) {
    return of(scope, inputs, labels, List.of());
  }

  /** Samples with these classes and names. */
  static LabelledBatch of(Scope scope, Tensor inputs, long[] labels, List<String> names) {
    return new LabelledBatch(inputs, Tensor.of(scope, labels, labels.length), labels.length, names);
  }

  /** Pictures as they are, with their classes. */
  public static LabelledBatch of(Scope scope, LabelledPictures pictures, int[] samples) {
    Tensor pixels = Pixels.of(scope, pictures, samples, LabelledPictures.View.PLAIN);
    return of(scope, pixels, pictures.labels(samples), pictures.names(samples));
  }
}
