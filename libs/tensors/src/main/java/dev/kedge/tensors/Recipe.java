package dev.kedge.tensors;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A model as a combination of checkpoints: plain data, which costs nothing until it is applied. Its
 * JSON form is that of the contract's {@code kedge.stage.v1.Recipe} with every field printed under
 * its own name: {@code {"wise_ft": {"base": …, "tuned": …, "alpha": 0.3}}}, {@code {"linear":
 * {"terms": [{"recipe": …, "weight": 1}], "normalise": true}}} or {@code {"checkpoint":
 * {"artifact": "sha256:…"}}}. What is combined may itself be a recipe.
 *
 * <p>Recipes that mean the same weights have equal {@linkplain #mixture() mixtures}: that is what
 * identifies a result, however the recipe was written. Where order means nothing, recipes put what
 * they combine in an order of their own.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "checkpoint", value = Recipe.Stored.class),
  @JsonSubTypes.Type(name = "wise_ft", value = Recipe.WiseFt.class),
  @JsonSubTypes.Type(name = "linear", value = Recipe.Linear.class),
  @JsonSubTypes.Type(name = "ema", value = Ema.class),
  @JsonSubTypes.Type(name = "blockwise", value = Blockwise.class),
  @JsonSubTypes.Type(name = "lines", value = Lines.class),
  @JsonSubTypes.Type(name = "by_name", value = ByName.class),
  @JsonSubTypes.Type(name = "slerp", value = Slerp.class),
  @JsonSubTypes.Type(name = "task_arithmetic", value = TaskArithmetic.class),
  @JsonSubTypes.Type(name = "ties", value = Ties.class),
  @JsonSubTypes.Type(name = "dare", value = Dare.class),
  @JsonSubTypes.Type(name = "fisher", value = FisherMean.class),
  @JsonSubTypes.Type(name = "model_stock", value = ModelStock.class)
})
public sealed interface Recipe
    permits Recipe.Stored,
        Recipe.WiseFt,
        Recipe.Linear,
        Ema,
        Blockwise,
        Lines,
        ByName,
        Slerp,
        TaskArithmetic,
        Ties,
        Dare,
        FisherMean,
        ModelStock {

  /** The models that are combined. */
  List<Recipe> parts();

  /**
   * What this recipe comes to, as a whole: the weight of every checkpoint, and of every inner
   * recipe that is no weighted sum, which appears under a name made from its contents.
   */
  Mixture mixture();

  /** What this recipe comes to at one tensor of floating-point numbers. */
  Mixture at(Derivation tensor) throws IOException;

  /**
   * Checks what can be checked without reading values.
   *
   * @param layers where the model's tensors lie
   * @param tensors those that this recipe is to make
   * @throws IllegalArgumentException if the recipe does not suit them
   */
  default void check(Layers layers, Collection<TensorSpec> tensors) {
    parts().forEach(part -> part.check(layers, tensors));
  }

  /** The digests of all checkpoints that are needed. */
  default SortedSet<String> checkpoints() {
    SortedSet<String> all = new TreeSet<>();
    parts().forEach(part -> all.addAll(part.checkpoints()));
    return all;
  }

  /** The digests of all Fisher diagonals that are needed. */
  default SortedSet<String> fishers() {
    SortedSet<String> all = new TreeSet<>();
    parts().forEach(part -> all.addAll(part.fishers()));
    return all;
  }

  /** The digests of everything that is needed. */
  default SortedSet<String> parents() {
    SortedSet<String> all = new TreeSet<>(checkpoints());
    all.addAll(fishers());
    return all;
  }

  /**
   * The same weights from no more checkpoints than count: a weighted sum where this comes to one,
   * in which what has no weight is left out.
   */
  default Recipe reduced() {
    Mixture mixture = mixture();
    return mixture.isOfCheckpoints() && !mixture.weights().isEmpty() ? mixture.recipe() : this;
  }

  /** The mean of several models. */
  static Recipe uniformSoup(List<? extends Recipe> recipes) {
    return new Linear(recipes.stream().map(recipe -> new Term(recipe, 1)).toList(), true);
  }

  /**
   * Reads the JSON form.
   *
   * @throws IllegalArgumentException if it is not a recipe: unknown, missing or doubled fields
   *     included
   */
  static Recipe fromJson(String json) {
    return RecipeJson.read(json);
  }

  /** The JSON form; equal recipes have equal text. */
  default String toJson() {
    return RecipeJson.write(this);
  }

  /**
   * One checkpoint as it is.
   *
   * @param artifact its digest, {@code sha256:…}
   */
  record Stored(String artifact) implements Recipe {
    /** Refuses a recipe without its checkpoint. */
    public Stored {
      Objects.requireNonNull(artifact, "artifact");
    }

    @Override
    public List<Recipe> parts() {
      return List.of();
    }

    @Override
    public Mixture mixture() {
      return Mixture.of(artifact);
    }

    @Override
    public Mixture at(Derivation tensor) {
      return mixture();
    }

    @Override
    public SortedSet<String> checkpoints() {
      return new TreeSet<>(List.of(artifact));
    }
  }

  /**
   * WiSE-FT, (1 − α)·base + α·tuned over all weights, the head included (Wortsman et al., arXiv
   * 2109.01903). α weights the <em>fine-tuned</em> model: 0 is the base, 1 the fine-tuned model,
   * both bit for bit.
   */
  record WiseFt(Recipe base, Recipe tuned, double alpha) implements Recipe {
    /**
     * @throws IllegalArgumentException if alpha is outside [0, 1]
     */
    public WiseFt {
      Objects.requireNonNull(base, "base");
      Objects.requireNonNull(tuned, "tuned");
      alpha = Share.check("alpha", alpha);
    }

    @Override
    public List<Recipe> parts() {
      return List.of(base, tuned);
    }

    @Override
    public Mixture mixture() {
      return base.mixture().towards(tuned.mixture(), alpha);
    }

    @Override
    public Mixture at(Derivation tensor) throws IOException {
      return base.at(tensor).towards(tuned.at(tensor), alpha);
    }
  }

  /**
   * A weighted sum.
   *
   * @param normalise whether it is divided by the sum of the weights
   */
  record Linear(List<Term> terms, boolean normalise) implements Recipe {
    /**
     * @throws IllegalArgumentException if there are no terms, or they cannot be normalised
     */
    public Linear {
      terms = List.copyOf(terms);
      if (terms.isEmpty()) {
        throw new IllegalArgumentException("a weighted sum needs at least one term");
      }
      Term.divisor(terms, normalise);
    }

    @Override
    public List<Recipe> parts() {
      return terms.stream().map(Term::recipe).toList();
    }

    @Override
    public Mixture mixture() {
      double divisor = Term.divisor(terms, normalise);
      return terms.stream()
          .map(term -> term.recipe.mixture().times(term.weight / divisor))
          .reduce(Mixture.NOTHING, Mixture::plus);
    }

    @Override
    public Mixture at(Derivation tensor) throws IOException {
      double divisor = Term.divisor(terms, normalise);
      Mixture sum = Mixture.NOTHING;
      for (Term term : terms) {
        sum = sum.plus(term.recipe.at(tensor).times(term.weight / divisor));
      }
      return sum;
    }
  }

  /** One part of a weighted sum. */
  record Term(Recipe recipe, double weight) {
    /**
     * @throws IllegalArgumentException if the weight is NaN or infinite
     */
    public Term {
      Objects.requireNonNull(recipe, "recipe");
      Share.finite("a weight", weight);
    }

    /** The sum of the weights where it is divided by, otherwise 1. */
    static double divisor(List<Term> terms, boolean normalise) {
      return normalise ? Share.positiveSum(terms.stream().mapToDouble(Term::weight).sum()) : 1;
    }
  }
}
