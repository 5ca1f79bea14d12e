package dev.kedge.models.train;

import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Low-rank adaptation (Hu et al., 2021): W0 + (α/r)·B·A on chosen matrices, of which A {@code [r,
 * in]} and B {@code [out, r]} train. A starts Kaiming-uniform, that is within ±1/√in, and B at 0.
 *
 * @param rank r, at least 1
 * @param alpha α
 * @param trainHead whether the head trains beside the adapters
 * @param transposed whether weights are {@code [in, out]}, as GPT-2's are
 * @param seed of A
 */
public record Lora(
    int rank, double alpha, LoraTargets targets, boolean trainHead, boolean transposed, long seed)
    implements Protection {
  public Lora {
    if (rank < 1) {
      throw new IllegalArgumentException("lora.rank must be at least 1, not " + rank);
    }
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("lora.alpha must be above 0, not " + alpha);
    }
  }

  /** α/r, which PEFT calls the scaling. */
  public double scale() {
    return alpha / rank;
  }

  @Override
  public List<String> moved(List<String> candidates) {
    List<String> body = candidates.stream().filter(name -> !HeadForm.holds(name)).toList();
    List<String> moved = new ArrayList<>(targets.choose(body));
    if (trainHead) {
      candidates.stream().filter(HeadForm::holds).forEach(moved::add);
    }
    return moved;
  }

  /** How many numbers train for a tensor that moves. */
  long numbers(String name, long[] shape) {
    return HeadForm.holds(name) ? Tensor.count(shape) : rank * Arrays.stream(shape).sum();
  }

  @Override
  public Optional<LowRank> parametrisation(Weights anchor) {
    List<String> adapted = anchor.names().stream().filter(name -> !HeadForm.holds(name)).toList();
    return Optional.of(new LowRank(this, anchor, adapted));
  }
}
