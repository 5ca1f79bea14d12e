package dev.kedge.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The mean of models weighted by their Fisher information, element by element: Σ wᵢ·Fᵢ·θᵢ / Σ wᵢ·Fᵢ
 * (Matena and Raffel, arXiv 2111.09832). A tensor that the diagonals do not cover is averaged by
 * the weights alone; all of them cover the same ones.
 *
 * @param floor what Fᵢ is at least, positive: where all are 0 the weights alone decide
 * @param normalise how the diagonals are made comparable, before the floor
 */
public record FisherMean(List<Informed> terms, double floor, Normalise normalise)
    implements Recipe {

  /** How Fisher diagonals of different models are made comparable. */
  public enum Normalise {
    /** They are taken as they are. */
    NONE,
    /** Each is divided by the mean over all its elements. */
    MEAN_ONE
  }

  /** A stored Fisher diagonal, named by the digest of its artifact. */
  public record Diagonal(String artifact) {
    /** Refuses a diagonal without its artifact. */
    public Diagonal {
      Objects.requireNonNull(artifact, "artifact");
    }
  }

  /** A model with its Fisher diagonal, and its weight in the mean. */
  public record Informed(Recipe recipe, Diagonal fisher, double weight) {
    /**
     * @throws IllegalArgumentException if the weight is not positive
     */
    public Informed {
      Objects.requireNonNull(recipe, "recipe");
      Objects.requireNonNull(fisher, "fisher");
      if (!(weight > 0 && Double.isFinite(weight))) {
        throw new IllegalArgumentException(
            "a weight is " + weight + "; a mean by Fisher information needs positive weights");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if there are no terms, or the floor is not positive
   */
  public FisherMean {
    Objects.requireNonNull(normalise, "normalise");
    terms =
        terms.stream()
            .sorted(
                Comparator.comparing((Informed term) -> term.recipe.mixture().canonical())
                    .thenComparing(term -> term.fisher.artifact)
                    .thenComparing(Informed::weight))
            .toList();
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a mean by Fisher information needs at least one model");
    }
    if (!(floor > 0 && Double.isFinite(floor))) {
      throw new IllegalArgumentException(
          "floor is " + floor + "; give a small positive number, such as 1e-6");
    }
  }

  @Override
  public List<Recipe> parts() {
    return terms.stream().map(Informed::recipe).toList();
  }

  @Override
  public SortedSet<String> fishers() {
    SortedSet<String> all = new TreeSet<>(Recipe.super.fishers());
    terms.forEach(term -> all.add(term.fisher.artifact));
    return all;
  }

  @Override
  public Mixture mixture() {
    List<Object> identity = new ArrayList<>();
    terms.forEach(
        term -> identity.add(List.of(term.recipe.mixture(), term.fisher.artifact, term.weight)));
    return Mixture.ofResult("fisher", identity, floor, normalise);
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    List<FisherWeighted.Part> parts = new ArrayList<>();
    for (Informed term : terms) {
      if (!tensor.covered(term.fisher.artifact)) {
        return byWeights(tensor);
      }
      double factor = factor(tensor, term.fisher.artifact);
      parts.add(
          new FisherWeighted.Part(
              term.recipe.at(tensor), Mixture.of(term.fisher.artifact).times(factor), term.weight));
    }
    return tensor.step(new FisherWeighted(parts, floor));
  }

  private double factor(Derivation tensor, String fisher) throws IOException {
    return switch (normalise) {
      case NONE -> 1;
      case MEAN_ONE -> 1 / tensor.model().mean(fisher);
    };
  }

  private Mixture byWeights(Derivation tensor) throws IOException {
    double total = terms.stream().mapToDouble(Informed::weight).sum();
    Mixture sum = Mixture.NOTHING;
    for (Informed term : terms) {
      sum = sum.plus(term.recipe.at(tensor).times(term.weight / total));
    }
    return sum;
  }
}
