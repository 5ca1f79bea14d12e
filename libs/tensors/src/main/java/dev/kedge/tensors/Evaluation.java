package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One chunk of one tensor, computed: every checkpoint's part is read, and every step computed, at
 * most once, when it is first asked for. Not for several threads.
 */
final class Evaluation {
  private final Formula formula;
  private final Chunk chunk;
  private final Arena arena;
  private final Map<String, float[]> named = new HashMap<>();
  private final Map<Mixture, float[]> mixed = new HashMap<>();
  private float[] result;

  Evaluation(Formula formula, Chunk chunk, Arena arena) {
    this.formula = formula;
    this.chunk = chunk;
    this.arena = arena;
  }

  /** Number of elements. */
  int count() {
    return chunk.count();
  }

  /** Index of the first element in the tensor. */
  long first() {
    return chunk.first();
  }

  /** Room for values, all 0. */
  float[] zeros() {
    return arena.zeros(count());
  }

  /** A mixture's values; only to be read. */
  float[] values(Mixture mixture) throws IOException {
    if (mixture.isSingle()) {
      return named(mixture.weights().firstKey());
    }
    float[] values = mixed.get(mixture);
    if (values == null) {
      values = arena.floats();
      WeightedSum.of(terms(mixture), count(), values);
      mixed.put(mixture, values);
    }
    return values;
  }

  /**
   * Appends a mixture to {@code out}, in the result's type.
   *
   * @throws NonFiniteTensorException if a value read or made is NaN or infinite
   */
  void emit(Mixture mixture, ByteBuffer out) throws IOException {
    if (!formula.spec().dtype().floating()) {
      copy(formula.checkpoints().sources().firstKey(), out);
    } else if (mixture.isSingle()) {
      emitNamed(mixture, out);
    } else {
      if (result == null) {
        result = arena.floats();
      }
      WeightedSum.of(terms(mixture), count(), result);
      encode(mixture, result, out);
    }
  }

  private void emitNamed(Mixture mixture, ByteBuffer out) throws IOException {
    String name = mixture.weights().firstKey();
    float[] values = named(name);
    if (mixture.isCopy() && stored(name).dtype() == formula.spec().dtype()) {
      copy(name, out);
    } else {
      encode(mixture, values, out);
    }
  }

  private List<WeightedSum.Term> terms(Mixture mixture) throws IOException {
    List<WeightedSum.Term> terms = new ArrayList<>();
    for (Map.Entry<String, Double> weight : mixture.weights().entrySet()) {
      terms.add(new WeightedSum.Term(named(weight.getKey()), weight.getValue().floatValue()));
    }
    return terms;
  }

  private float[] named(String name) throws IOException {
    float[] values = named.get(name);
    if (values == null) {
      values = arena.floats();
      Step step = formula.steps().get(name);
      if (step == null) {
        load(name, values);
      } else {
        step.compute(this, values);
      }
      named.put(name, values);
    }
    return values;
  }

  private void load(String name, float[] values) throws IOException {
    TensorSpec spec = stored(name);
    ByteBuffer bytes = chunk.read(formula.checkpoints().source(name), spec, arena.bytes());
    spec.dtype().decode(bytes, values, count());
    new FiniteCheck(spec, chunk).check(values, name);
  }

  private void encode(Mixture mixture, float[] values, ByteBuffer out) throws IOException {
    new FiniteCheck(formula.spec(), chunk).check(values, mixture.canonical());
    formula.spec().dtype().encode(values, count(), out);
  }

  /** Bytes as they are stored. */
  private void copy(String name, ByteBuffer out) throws IOException {
    TensorSpec spec = stored(name);
    out.put(chunk.read(formula.checkpoints().source(name), spec, arena.bytes()));
  }

  private TensorSpec stored(String name) {
    return formula.checkpoints().source(name).spec(formula.spec().name());
  }
}
