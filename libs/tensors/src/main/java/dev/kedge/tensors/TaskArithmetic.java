package dev.kedge.tensors;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Task arithmetic (Ilharco et al., arXiv 2212.04089): base + λ·Σ wᵢ·(θᵢ − base).
 *
 * @param normalise whether the sum is divided by Σ wᵢ
 * @param lambda λ
 */
public record TaskArithmetic(Recipe base, List<Recipe.Term> terms, boolean normalise, double lambda)
    implements Recipe {
  /**
   * @throws IllegalArgumentException if there are no terms, or they cannot be normalised
   */
  public TaskArithmetic {
    Objects.requireNonNull(base, "base");
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("task arithmetic needs at least one task");
    }
    Term.divisor(terms, normalise);
    Share.finite("lambda", lambda);
  }

  @Override
  public List<Recipe> parts() {
    return Stream.concat(Stream.of(base), terms.stream().map(Term::recipe)).toList();
  }

  @Override
  public Mixture mixture() {
    Mixture sum = base.mixture();
    for (Term term : terms) {
      sum = sum.plus(term.recipe().mixture().minus(base.mixture()).times(share(term)));
    }
    return sum;
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    Mixture start = base.at(tensor);
    Mixture sum = start;
    for (Term term : terms) {
      sum = sum.plus(term.recipe().at(tensor).minus(start).times(share(term)));
    }
    return sum;
  }

  private double share(Term term) {
    return lambda * term.weight() / Term.divisor(terms, normalise);
  }
}
