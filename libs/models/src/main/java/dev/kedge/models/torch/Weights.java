package dev.kedge.models.torch;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Named tensors in a fixed order; the tensors belong to a scope that outlives this view. */
public final class Weights {
  private final Map<String, Tensor> tensors;

  public Weights(Map<String, Tensor> tensors) {
    this.tensors = new LinkedHashMap<>(tensors);
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no tensor named " + name);
    }
    return tensor;
  }

  /** The tensors of these names, in the order of the names. */
  public List<Tensor> all(Collection<String> names) {
    return names.stream().map(this::get).toList();
  }

  public List<Tensor> all() {
    return List.copyOf(tensors.values());
  }

  public Set<String> names() {
    return java.util.Collections.unmodifiableSet(tensors.keySet());
  }

  /** These weights with some replaced or added. */
  public Weights with(Weights others) {
    Map<String, Tensor> merged = new LinkedHashMap<>(tensors);
    merged.putAll(others.tensors);
    return new Weights(merged);
  }

  /** Some of these weights, in the order of the names. */
  public Weights only(Collection<String> names) {
    Map<String, Tensor> some = new LinkedHashMap<>();
    names.forEach(name -> some.put(name, get(name)));
    return new Weights(some);
  }
}
