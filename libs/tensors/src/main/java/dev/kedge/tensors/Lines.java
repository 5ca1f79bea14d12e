package dev.kedge.tensors;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * LiNeS (Wang et al., arXiv 2410.17146): the fine-tuned model's ratio grows with depth, layer i of
 * L has first + (last − first)·i/(L − 1). Embeddings have the first ratio, norm and head the last.
 *
 * @param first in [0, 1]
 * @param last in [0, 1]
 */
public record Lines(Recipe base, Recipe tuned, double first, double last) implements Recipe {
  /**
   * @throws IllegalArgumentException if a ratio is outside [0, 1]
   */
  public Lines {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(tuned, "tuned");
    first = Share.check("first", first);
    last = Share.check("last", last);
  }

  @Override
  public List<Recipe> parts() {
    return List.of(base, tuned);
  }

  @Override
  public Mixture mixture() {
    return first == last
        ? base.mixture().towards(tuned.mixture(), first)
        : Mixture.ofResult("lines", base.mixture(), tuned.mixture(), first, last);
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    return base.at(tensor).towards(tuned.at(tensor), ratio(tensor.layers(), tensor.name()));
  }

  @Override
  public void check(Layers layers, Collection<TensorSpec> tensors) {
    tensors.stream()
        .filter(tensor -> tensor.dtype().floating())
        .forEach(tensor -> ratio(layers, tensor.name()));
    Recipe.super.check(layers, tensors);
  }

  private double ratio(Layers layers, String tensor) {
    return layers.ratio(
        tensor,
        this::ofLayer,
        Map.of(
            Layers.Outside.EMBEDDINGS, first,
            Layers.Outside.NORM, last,
            Layers.Outside.HEAD, last));
  }

  private double ofLayer(int layer, int depth) {
    return depth == 1 ? last : first + (last - first) * layer / (depth - 1);
  }
}
