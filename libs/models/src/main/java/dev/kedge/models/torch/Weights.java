package dev.kedge.models.torch;

import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
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
   * Copies tensors out of a source, widened to F32 whatever their floating type.
   *
   * @param scope owns the copies
   * @param names which ones, in the order the weights shall have
   */
  public static Weights read(Scope scope, TensorSource source, Collection<String> names)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      long[] shape = source.spec(name).dimensions();
      tensors.put(name, Tensor.of(scope, source.floats(name), shape));
    }
    return new Weights(tensors);
  }

  /** Copies all tensors out of a source, in order of their names. */
  public static Weights read(Scope scope, TensorSource source) throws IOException {
    return read(scope, source, source.specs().keySet());
  }

  /** A copy of the values in the Java heap, which later changes do not reach. */
  public MemoryTensors snapshot() {
    MemoryTensors copy = new MemoryTensors();
    tensors.forEach((name, tensor) -> copy.put(name, tensor.floats(), tensor.shape()));
    return copy;
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
    return Collections.unmodifiableSet(tensors.keySet());
  }

  /** Other tensors under the same names, given in the same order. */
  public Weights named(List<Tensor> others) {
    if (others.size() != tensors.size()) {
      throw new IllegalArgumentException(
          others.size() + " tensors for " + tensors.size() + " names");
    }
    Map<String, Tensor> named = new LinkedHashMap<>();
    tensors.keySet().forEach(name -> named.put(name, others.get(named.size())));
    return new Weights(named);
  }

  /** Overwrites the values in place with those of the same names. */
  public void restore(TensorSource source) throws IOException {
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      entry.getValue().set(source.floats(entry.getKey()));
    }
  }

  /** These weights with some replaced or added. */
  public Weights with(Weights others) {
    Map<String, Tensor> merged = new LinkedHashMap<>(tensors);
    merged.putAll(others.tensors);
    return new Weights(merged);
  }

  /** The same tensors, each name behind a prefix. */
  public Weights prefixed(String prefix) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(prefix + name, tensor));
    return new Weights(renamed);
  }

  /** Some of these weights, in the order of the names. */
  public Weights only(Collection<String> names) {
    Map<String, Tensor> some = new LinkedHashMap<>();
    names.forEach(name -> some.put(name, get(name)));
    return new Weights(some);
  }
}
