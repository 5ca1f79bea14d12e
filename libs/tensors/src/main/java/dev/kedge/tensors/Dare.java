package dev.kedge.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * DARE (Yu et al., arXiv 2311.03099): of every task vector a random share is kept, and what is left
 * is enlarged to make up for it; then base + λ·Σ wᵢ·vectorᵢ. What is kept is a function of seed,
 * model, tensor and element alone.
 *
 * @param seed of the random choice
 * @param rescale how what is left is enlarged
 * @param elect whether signs are elected as TIES does, {@code dare_ties} in mergekit
 * @param normalise whether the sum is divided by the weights
 * @param lambda λ
 */
public record Dare(
    Recipe base,
    List<SparseTerm> terms,
    int seed,
    Rescale rescale,
    boolean elect,
    boolean normalise,
    double lambda)
    implements Recipe {

  /** How the elements that are kept are enlarged. */
  public enum Rescale {
    /** Not at all. */
    NONE,
    /** By 1/density, as the paper says. */
    DENSITY,
    /** By Σ|vector| / Σ|what is kept| of each tensor, as mergekit does. */
    L1_NORM
  }

  /**
   * @throws IllegalArgumentException if there are no terms, or they cannot be normalised
   */
  public Dare {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(rescale, "rescale");
    terms = SparseTerm.ordered(terms);
    if (normalise) {
      SparseTerm.checkSum(terms);
    }
    Share.finite("lambda", lambda);
  }

  @Override
  public List<Recipe> parts() {
    return Stream.concat(Stream.of(base), terms.stream().map(SparseTerm::recipe)).toList();
  }

  @Override
  public Mixture mixture() {
    return Mixture.ofResult(
        "dare",
        base.mixture(),
        SparseTerm.identity(terms),
        seed,
        rescale,
        elect,
        normalise,
        lambda);
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    return at(tensor, (term, vector) -> dropped(tensor, term, vector));
  }

  /** What decides which elements of a term's task vector are kept. */
  interface Drop {
    Step of(SparseTerm term, Mixture vector);
  }

  Mixture at(Derivation tensor, Drop drop) throws IOException {
    List<Mixture> kept = new ArrayList<>();
    for (SparseTerm term : terms) {
      Mixture vector = new TaskVector(base, term.recipe()).at(tensor);
      Mixture left = tensor.step(drop.of(term, vector));
      kept.add(left.times(factor(tensor, term, vector, left)));
    }
    return base.at(tensor).plus(combined(tensor, kept).times(lambda));
  }

  private Mixture combined(Derivation tensor, List<Mixture> vectors) {
    List<Double> weights = SparseTerm.weights(terms);
    if (elect) {
      return tensor.step(new ElectedSum(vectors, weights, normalise));
    }
    double divisor = normalise ? weights.stream().mapToDouble(w -> w).sum() : 1;
    Mixture sum = Mixture.NOTHING;
    for (int i = 0; i < vectors.size(); i++) {
      sum = sum.plus(vectors.get(i).times(weights.get(i) / divisor));
    }
    return sum;
  }

  private Step dropped(Derivation tensor, SparseTerm term, Mixture vector) {
    String stream = term.recipe().mixture().digest() + " " + tensor.name();
    return new Dropped(vector, term.density(), RandomStream.key(seed, stream));
  }

  private double factor(Derivation tensor, SparseTerm term, Mixture vector, Mixture left)
      throws IOException {
    return switch (rescale) {
      case NONE -> 1;
      case DENSITY -> 1 / term.density();
      case L1_NORM -> {
        double norm = tensor.magnitude(left);
        yield norm > 0 ? tensor.magnitude(vector) / norm : 1;
      }
    };
  }
}
