package dev.kedge.tensors;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Interpolation with another ratio in every block of layers: (1 − r)·base + r·tuned. Layer i of L
 * belongs to block ⌊i·B/L⌋ of B, in each tower by itself; the deepest tower has at least B layers.
 * Adaptive model averaging (AMA, arXiv 2309.06256) ends in such ratios.
 *
 * @param ratios one for each block, the block nearest to the input first, each in [0, 1]
 * @param embeddings the ratio of what lies before the first layer
 * @param norm the ratio of the norm after the last layer
 * @param head the ratio of projections and classifiers after it
 * @param ratioOf which model the ratios weight
 */
public record Blockwise(
    Recipe base,
    Recipe tuned,
    List<Double> ratios,
    double embeddings,
    double norm,
    double head,
    Side ratioOf)
    implements Recipe {

  /** One of the two models. AMA's own code gives its ratios to the base. */
  public enum Side {
    /** A ratio is the fine-tuned model's share, as everywhere else. */
    TUNED,
    /** A ratio is the base's share. */
    BASE
  }

  /**
   * @throws IllegalArgumentException if there are no ratios, or one is outside [0, 1]
   */
  public Blockwise {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(tuned, "tuned");
    Objects.requireNonNull(ratioOf, "ratioOf");
    ratios = ratios.stream().map(ratio -> Share.check("a ratio", ratio)).toList();
    if (ratios.isEmpty()) {
      throw new IllegalArgumentException("blockwise needs a ratio for at least one block");
    }
    embeddings = Share.check("embeddings", embeddings);
    norm = Share.check("norm", norm);
    head = Share.check("head", head);
  }

  @Override
  public List<Recipe> parts() {
    return List.of(base, tuned);
  }

  @Override
  public Mixture mixture() {
    if (uniform()) {
      return base.mixture().towards(tuned.mixture(), ofTuned(ratios.get(0)));
    }
    return Mixture.ofResult(
        "blockwise",
        base.mixture(),
        tuned.mixture(),
        ratios.stream().map(this::ofTuned).toList(),
        List.of(ofTuned(embeddings), ofTuned(norm), ofTuned(head)));
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    return base.at(tensor).towards(tuned.at(tensor), ratio(tensor.layers(), tensor.name()));
  }

  @Override
  public void check(Layers layers, Collection<TensorSpec> tensors) {
    layers.requireAtLeast(ratios.size());
    tensors.stream()
        .filter(tensor -> tensor.dtype().floating())
        .forEach(tensor -> ratio(layers, tensor.name()));
    Recipe.super.check(layers, tensors);
  }

  private boolean uniform() {
    Set<Double> all = new HashSet<>(ratios);
    all.addAll(outside().values());
    return all.size() == 1;
  }

  private double ratio(Layers layers, String tensor) {
    double ratio =
        layers.ratio(
            tensor,
            (layer, depth) -> ratios.get(Layers.block(layer, depth, ratios.size())),
            outside());
    return ofTuned(ratio);
  }

  private Map<Layers.Outside, Double> outside() {
    return Map.of(
        Layers.Outside.EMBEDDINGS, embeddings,
        Layers.Outside.NORM, norm,
        Layers.Outside.HEAD, head);
  }

  private double ofTuned(double ratio) {
    return ratioOf == Side.TUNED ? ratio : 1 - ratio;
  }
}
