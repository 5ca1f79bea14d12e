package dev.kedge.models.language;

import dev.kedge.models.torch.Tensor;
import java.util.List;

/**
 * States with what went into and came out of every part that has weights: enough to find each
 * sequence's own gradient from one backward pass over a batch.
 *
 * @param states {@code [scored rows, width]}
 * @param tokens the token table's rows, {@code [sequences, tokens, width]}
 * @param placed what the first layer takes: tokens, projected and with their positions
 * @param parts in the order of {@link LanguageModel#partParameters}
 */
public record LanguageTrace(Tensor states, Tensor tokens, Tensor placed, List<Part> parts) {
  public LanguageTrace {
    parts = List.copyOf(parts);
  }

  /** What a part computes. */
  public enum Kind {
    /** {@code output = input · weightᵀ (+ bias)}. */
    MAP,
    LAYER_NORM,
    RMS_NORM;

    static Kind norm(Decoder decoder) {
      return decoder.normalisation().rms() ? RMS_NORM : LAYER_NORM;
    }
  }

  /**
   * A part.
   *
   * @param input {@code [sequences, …, in]}
   * @param output {@code [sequences, …, out]}; recorded for differentiation
   */
  public record Part(Kind kind, Tensor input, Tensor output) {}
}
