package dev.kedge.models.train;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Batches of image features, computed once for all epochs under weights that do not train; pictures
 * are seen without augmentation.
 */
public final class FrozenFeatures implements Batches<LabelledBatch> {
  private static final int CHUNK = 64;

  private final LabelledPictures pictures;
  private final EpochPlan plan;
  private final int width;
  private final float[] features;

  /**
   * Computes all features, in chunks that depend on nothing but the samples, so that every run has
   * the same bits.
   *
   * @param done told the number of samples after each chunk
   */
  public FrozenFeatures(
      Clip clip,
      Weights weights,
      LabelledPictures pictures,
      EpochPlan plan,
      Consumer<Integer> done) {
    this.pictures = pictures;
    this.plan = plan;
    this.width = clip.config().projection();
    this.features = new float[Math.multiplyExact(pictures.size(), width)];
    for (int from = 0; from < pictures.size(); from += CHUNK) {
      int to = Math.min(from + CHUNK, pictures.size());
      float[] chunk = compute(clip, weights, IntStream.range(from, to).toArray());
      System.arraycopy(chunk, 0, features, from * width, chunk.length);
      done.accept(to);
    }
  }

  private float[] compute(Clip clip, Weights weights, int[] samples) {
    try (Scope scope = Scope.plain()) {
      Tensor pixels = Pixels.of(scope, pictures, samples, LabelledPictures.View.PLAIN);
      return clip.imageFeatures(scope, weights, pixels).floats();
    }
  }

  @Override
  public List<LabelledBatch> at(Scope scope, int step) {
    int[] samples = plan.samples(step);
    float[] rows = new float[samples.length * width];
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(features, samples[i] * width, rows, i * width, width);
    }
    Tensor inputs = Tensor.of(scope, rows, samples.length, width);
    return List.of(LabelledBatch.of(scope, inputs, pictures, samples, 0));
  }
}
