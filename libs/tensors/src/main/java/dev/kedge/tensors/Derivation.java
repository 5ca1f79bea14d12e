package dev.kedge.tensors;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One tensor of the result, while recipes are worked out: they measure what they depend on, which
 * reads the tensor, and leave the steps by which it is then computed. What several recipes ask for
 * is done once. Not for several threads.
 */
final class Derivation {
  private final TensorSpec spec;
  private final ModelMeasures model;
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<Object, double[]> measured = new HashMap<>();

  Derivation(TensorSpec spec, ModelMeasures model) {
    this.spec = spec;
    this.model = model;
  }

  /** The tensor's name. */
  String name() {
    return spec.name();
  }

  /** What a recipe comes to here; nothing where there are no floating-point numbers. */
  Mixture result(Recipe recipe) throws IOException {
    return spec.dtype().floating() && spec.elements() > 0 ? recipe.at(this) : Mixture.NOTHING;
  }

  /** How the tensor is computed, once recipes have been worked out. */
  Formula formula() {
    return new Formula(spec, model.checkpoints(), steps);
  }

  /** What depends on more than this tensor. */
  ModelMeasures model() {
    return model;
  }

  /** Where the model's tensors lie. */
  Layers layers() {
    return model.layers();
  }

  /** Whether a Fisher diagonal has this tensor. */
  boolean covered(String fisher) {
    return model.checkpoints().source(fisher).specs().containsKey(name());
  }

  /** Adds a step, and gives its result. */
  Mixture step(Step step) {
    Mixture result = Mixture.ofResult(step.getClass().getSimpleName(), step);
    steps.put(result.weights().firstKey(), step);
    return result;
  }

  /** The products of this tensor's vectors. */
  Gram gram(List<Mixture> vectors) throws IOException {
    return new Gram(measure(new Measure.Products(vectors)), vectors.size());
  }

  /** The sum of magnitudes. */
  double magnitude(Mixture vector) throws IOException {
    return measure(new Measure.Magnitude(vector))[0];
  }

  /** The magnitude that a share of the elements reaches. */
  float threshold(Mixture vector, double density) throws IOException {
    Object key = List.of(vector, density);
    double[] known = measured.get(key);
    if (known == null) {
      long kept = Threshold.kept(spec.elements(), density);
      known = new double[] {Threshold.of(upper -> histogram(vector, upper), kept)};
      measured.put(key, known);
    }
    return (float) known[0];
  }

  double[] histogram(Mixture vector, int upper) throws IOException {
    return model.sum(formula(), new Measure.Histogram(vector, upper));
  }

  private double[] measure(Measure measure) throws IOException {
    double[] known = measured.get(measure);
    if (known == null) {
      known = model.sum(formula(), measure);
      measured.put(measure, known);
    }
    return known;
  }
}
