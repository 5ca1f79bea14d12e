package dev.kedge.models.clip;

import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * Image features with what went into and came out of every part that has weights: enough to find
 * each sample's own gradient from one backward pass over a batch.
 *
 * @param features {@code [batch, projection]}, not normalised
 * @param parts in the order of computation
 */
public record ImageTrace(Tensor features, List<Part> parts) {
  public ImageTrace {
    parts = List.copyOf(parts);
  }

  /** A part with weights. */
  public sealed interface Part {
    /** What it gives on; recorded for differentiation. */
    Tensor output();
  }

  /**
   * {@code output = input · weightᵀ (+ bias)}.
   *
   * @param weight name of the weight
   * @param input {@code [batch, …, in]}
   * @param output {@code [batch, …, out]}
   */
  public record Affine(String weight, Tensor input, Tensor output) implements Part {}

  /**
   * A layer norm.
   *
   * @param weight name of the weight
   * @param input {@code [batch, …, width]}
   * @param output {@code [batch, …, width]}
   * @param eps added to the variance
   */
  public record Norm(String weight, Tensor input, Tensor output, double eps) implements Part {}

  /**
   * Patches, class token and positions.
   *
   * @param pixels {@code [batch, channels, height, width]}
   * @param output {@code [batch, 1 + patches, width]}, before the norm
   * @param patchSize pixels of a patch's edge
   */
  public record Embedding(Tensor pixels, Tensor output, int patchSize) implements Part {}
}
