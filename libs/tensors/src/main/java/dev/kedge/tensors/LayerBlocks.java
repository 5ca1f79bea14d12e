package dev.kedge.tensors;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which block of layers each tensor belongs to, as {@link Blockwise} divides a model. Embeddings
 * belong to the first block, norm and head to the last.
 */
public final class LayerBlocks {
  private LayerBlocks() {}

  /**
   * How many blocks there can be: the layers of the deepest tower, 0 where there are none.
   *
   * @param tensors all names of a model
   */
  public static int most(Collection<String> tensors) {
    return Layers.of(tensors).deepest();
  }

  /** The layer in which a tensor lies in its tower, counted from 0; empty outside of layers. */
  public static OptionalInt layerOf(String tensor) {
    return Layers.layerOf(tensor);
  }

  /**
   * The block of each tensor, counted from 0.
   *
   * @param tensors all names of a model
   * @param blocks at most as many as the deepest tower has layers
   * @throws IllegalArgumentException if there are fewer layers, or a tensor is in none and outside
   *     of them neither
   */
  public static Map<String, Integer> of(Collection<String> tensors, int blocks) {
    Layers layers = Layers.of(tensors);
    layers.requireAtLeast(blocks);
    Map<Layers.Outside, Double> outside =
        Map.of(
            Layers.Outside.EMBEDDINGS, 0.0,
            Layers.Outside.NORM, blocks - 1.0,
            Layers.Outside.HEAD, blocks - 1.0);
    Map<String, Integer> of = new TreeMap<>();
    for (String tensor : tensors) {
      double block =
          layers.ratio(tensor, (layer, depth) -> Layers.block(layer, depth, blocks), outside);
      of.put(tensor, (int) block);
    }
    return of;
  }
}
