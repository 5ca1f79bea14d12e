package dev.kedge.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final Set<String> watched = new HashSet<>();
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

  /**
   * A mixture's values, for a step or a measure; only to be read. What they are made from is looked
   * at, for neither shows what is not finite as a weighted sum does.
   *
   * @throws NonFiniteTensorException if a value read is NaN or infinite
   */
  float[] values(Mixture mixture) throws IOException {
    for (String name : mixture.weights().keySet()) {
      watch(name);
    }
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
   * A Fisher diagonal's values.
   *
   * @throws NegativeFisherException if one is below 0
   */
  float[] fisher(Mixture diagonal) throws IOException {
    float[] values = values(diagonal);
    for (int i = 0; i < count(); i++) {
      if (values[i] < 0) {
        throw new NegativeFisherException(
            diagonal.weights().firstKey(), formula.spec(), first() + i, values[i]);
      }
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
    if (mixture.isCopy()
        && stored(name).dtype() == DType.F64
        && formula.spec().dtype() == DType.F64) {
      copy(name, out); // the only type that floats do not hold
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
  }

  private void encode(Mixture mixture, float[] values, ByteBuffer out) throws IOException {
    DType dtype = formula.spec().dtype();
    int bad = new FiniteCheck(dtype, count()).first(values);
    if (bad >= 0) {
      for (String name : mixture.weights().keySet()) {
        watch(name);
      }
      throw spoilt(mixture.canonical(), formula.spec(), bad, values);
    }
    dtype.encode(values, count(), out);
  }

  /** Looks once at what was read from a checkpoint. */
  private void watch(String name) throws IOException {
    if (!formula.steps().containsKey(name) && watched.add(name)) {
      float[] values = named(name);
      int bad = new FiniteCheck(stored(name).dtype(), count()).first(values);
      if (bad >= 0) {
        throw spoilt(name, stored(name), bad, values);
      }
    }
  }

  private NonFiniteTensorException spoilt(String where, TensorSpec spec, int at, float[] values) {
    return new NonFiniteTensorException(where, spec, first() + at, values[at]);
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
