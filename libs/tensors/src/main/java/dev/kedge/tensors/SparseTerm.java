package dev.kedge.tensors;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A fine-tuned model whose task vector, its difference from the base, is made sparse.
 *
 * @param weight its weight
 * @param density the share of the task vector that is kept, in (0, 1]
 */
public record SparseTerm(Recipe recipe, double weight, double density) {
  /**
   * @throws IllegalArgumentException if a number is out of range
   */
  public SparseTerm {
    Objects.requireNonNull(recipe, "recipe");
    Share.finite("a weight", weight);
    Share.density(density);
  }

  /** The terms in an order that does not depend on the one given, at least one. */
  static List<SparseTerm> ordered(List<SparseTerm> terms) {
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("give at least one fine-tuned model");
    }
    return terms.stream()
        .sorted(
            Comparator.comparing((SparseTerm term) -> term.recipe.mixture().canonical())
                .thenComparing(SparseTerm::weight)
                .thenComparing(SparseTerm::density))
        .toList();
  }

  /** What identifies the terms. */
  static List<Object> identity(List<SparseTerm> terms) {
    return terms.stream()
        .map(term -> (Object) List.of(term.recipe.mixture(), term.weight, term.density))
        .toList();
  }

  static List<Double> weights(List<SparseTerm> terms) {
    return terms.stream().map(SparseTerm::weight).toList();
  }

  /** Refuses weights that cannot be divided by their sum. */
  static void checkSum(List<SparseTerm> terms) {
    Share.positiveSum(terms.stream().mapToDouble(SparseTerm::weight).sum());
  }
}
