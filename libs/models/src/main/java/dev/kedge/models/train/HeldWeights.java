package dev.kedge.models.train;

import dev.kedge.models.torch.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many numbers a run holds for the model's weights, whatever it sees.
 *
 * @param all of the model; of two that are mixed, what is not
 * @param moved of the tensors that move, each beside its anchor and its gradient
 * @param mixed of those that move between two models, each beside how these differ
 * @param trained of what gradient descent changes: the moved, or adapters in their place
 * @param copies how often the trained are kept beside themselves: once for each of EMA, early stop
 *     and EWC's Fisher information
 * @param products of the matrices that are cast where products are taken in BF16
 */
public record HeldWeights(
    long all, long moved, long mixed, long trained, int copies, long products) {
  private static final long BYTES = Float.BYTES;

  /**
   * What a run holds.
   *
   * @param shapes of all tensors that the run reads, by name
   * @param moved names of those that move
   * @param lora the adapters, where they train in place of the moved
   */
  public static HeldWeights of(
      Map<String, long[]> shapes, Collection<String> moved, Optional<Lora> lora, int copies) {
    long each = count(shapes, moved);
    long trained = lora.map(one -> adapters(shapes, moved, one)).orElse(each);
    return new HeldWeights(
        count(shapes, shapes.keySet()), each, 0, trained, copies, products(shapes));
  }

  /**
   * What a search holds that mixes two models; the ratios, which train, are few.
   *
   * @param shapes of all tensors of one model, by name
   * @param mixed names of those that are mixed
   */
  public static HeldWeights ofMix(Map<String, long[]> shapes, Collection<String> mixed) {
    long each = count(shapes, mixed);
    return new HeldWeights(
        count(shapes, shapes.keySet()) - each, each, each, 0, 0, products(shapes));
  }

  private static long adapters(Map<String, long[]> shapes, Collection<String> moved, Lora lora) {
    return moved.stream().mapToLong(name -> lora.numbers(name, shapes.get(name))).sum();
  }

  private static long count(Map<String, long[]> shapes, Collection<String> names) {
    return names.stream().mapToLong(name -> Tensor.count(shapes.get(name))).sum();
  }

  private static long products(Map<String, long[]> shapes) {
    return shapes.values().stream()
        .filter(shape -> shape.length >= 2)
        .mapToLong(Tensor::count)
        .sum();
  }

  /** Bytes of what a run saves of its progress: the trained, their moments and copies. */
  public long savedBytes() {
    return (3 + copies) * BYTES * trained;
  }

  /**
   * The summands.
   *
   * @param parts micro-batches of a step: the gradients of two are there at once where there are
   *     several
   * @param precision of the products
   */
  List<MemoryNeed.Part> parts(int parts, Precision precision) {
    int gradients = parts > 1 ? 2 : 1;
    return List.of(
        new MemoryNeed.Part(mixed > 0 ? "weights that are not mixed" : "all weights", BYTES * all),
        new MemoryNeed.Part("moved weights and their anchor", 2 * BYTES * moved),
        new MemoryNeed.Part("differences of the two models", BYTES * mixed),
        new MemoryNeed.Part("gradients (%d times)".formatted(gradients), gradients * BYTES * moved),
        new MemoryNeed.Part("moments of AdamW", 2 * BYTES * trained),
        new MemoryNeed.Part(
            copies + " more copies of the trained weights", copies * BYTES * trained),
        new MemoryNeed.Part(
            "matrices in BF16", precision == Precision.BF16 ? Short.BYTES * products : 0));
  }
}
