package dev.kedge.models.train;

import dev.kedge.data.Augmentation;
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
 * @param samples the samples' names; empty where they have none
 */
public record LabelledBatch(Tensor inputs, Tensor labels, int size, List<Sample> samples)
    implements Batch {
  public LabelledBatch {
    samples = List.copyOf(samples);
  }

  @Override
  public int weight() {
    return size;
  }

  /** Samples without names, with these classes. */
  public static LabelledBatch of(Scope scope, Tensor inputs, long[] labels) {
    return new LabelledBatch(
        inputs, Tensor.of(scope, labels, labels.length), labels.length, List.of());
  }

  /** Pictures as they are, with their classes. */
  public static LabelledBatch of(Scope scope, LabelledPictures pictures, int[] samples) {
    Tensor pixels = Pixels.of(scope, pictures, samples, LabelledPictures.View.PLAIN);
    return of(scope, pixels, pictures, samples, 0);
  }

  /** Pictures as an epoch sees them, with their classes. */
  static LabelledBatch of(
      Scope scope, LabelledPictures pictures, int[] samples, Augmentation augmentation, int epoch) {
    Tensor pixels = Pixels.of(scope, pictures, samples, augmentation, epoch);
    return of(scope, pixels, pictures, samples, augmentation.isNone() ? 0 : epoch);
  }

  /** What stands for pictures, with their classes. */
  static LabelledBatch of(
      Scope scope, Tensor inputs, LabelledPictures pictures, int[] samples, int view) {
    Tensor labels = Tensor.of(scope, pictures.labels(samples), samples.length);
    List<Sample> named =
        pictures.names(samples).stream().map(name -> new Sample(name, view, 1)).toList();
    return new LabelledBatch(inputs, labels, samples.length, named);
  }
}
