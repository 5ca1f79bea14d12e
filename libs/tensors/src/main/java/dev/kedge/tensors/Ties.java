package dev.kedge.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * TIES (Yadav et al., arXiv 2306.01708): task vectors are trimmed to their largest elements, a sign
 * is elected for every element, and those that agree with it are averaged: base + λ·(the mean).
 * Elements as large as the smallest that is kept are kept too.
 *
 * @param trim over what the largest are chosen
 * @param normalise whether an element is divided by the weights of those that agree
 * @param lambda λ
 */
public record Ties(Recipe base, List<SparseTerm> terms, Trim trim, boolean normalise, double lambda)
    implements Recipe {

  /** Over what the largest elements of a task vector are chosen. */
  public enum Trim {
    /** Of each tensor max(1, ⌊density·n⌋) elements, as mergekit does. */
    PER_TENSOR,
    /** Of the whole task vector, as the paper says. */
    GLOBAL
  }

  /**
   * @throws IllegalArgumentException if there are no terms or lambda is not finite
   */
  public Ties {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(trim, "trim");
    terms = SparseTerm.ordered(terms);
    Share.finite("lambda", lambda);
  }

  @Override
  public List<Recipe> parts() {
    return Stream.concat(Stream.of(base), terms.stream().map(SparseTerm::recipe)).toList();
  }

  @Override
  public Mixture mixture() {
    return Mixture.ofResult(
        "ties", base.mixture(), SparseTerm.identity(terms), trim, normalise, lambda);
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    List<Mixture> trimmed = new ArrayList<>();
    for (SparseTerm term : terms) {
      TaskVector vector = new TaskVector(base, term.recipe());
      trimmed.add(tensor.step(new Trimmed(vector.at(tensor), threshold(tensor, term, vector))));
    }
    Step elected = new ElectedSum(trimmed, SparseTerm.weights(terms), normalise);
    return base.at(tensor).plus(tensor.step(elected).times(lambda));
  }

  private float threshold(Derivation tensor, SparseTerm term, TaskVector vector)
      throws IOException {
    return switch (trim) {
      case PER_TENSOR -> tensor.threshold(vector.at(tensor), term.density());
      case GLOBAL -> tensor.model().threshold(vector, term.density());
    };
  }
}
