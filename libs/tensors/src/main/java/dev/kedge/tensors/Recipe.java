package dev.kedge.tensors;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Objects;

/**
 * A model as a combination of checkpoints: plain data, which costs nothing until it is applied. Its
 * JSON form is that of the contract's {@code kedge.stage.v1.Recipe} with every field printed under
 * its own name: {@code {"wise_ft": {"base": …, "tuned": …, "alpha": 0.3}}}, {@code {"linear":
 * {"terms": [{"recipe": …, "weight": 1}], "normalise": true}}} or {@code {"checkpoint":
 * {"artifact": "sha256:…"}}}.
 *
 * <p>Recipes that mean the same weights have equal {@linkplain #mixture() mixtures}: that is what
 * identifies a result, however the recipe was written.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(name = "checkpoint", value = Recipe.Stored.class),
  @JsonSubTypes.Type(name = "wise_ft", value = Recipe.WiseFt.class),
  @JsonSubTypes.Type(name = "linear", value = Recipe.Linear.class)
})
public sealed interface Recipe {
  /** The weight of every checkpoint in this recipe. */
  Mixture mixture();

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
    public Mixture mixture() {
      return Mixture.of(artifact);
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
      if (!(alpha >= 0 && alpha <= 1)) {
        throw new IllegalArgumentException(
            "alpha is %s; give the fine-tuned model's share, in [0, 1]".formatted(alpha));
      }
      alpha += 0.0; // -0.0 is 0.0
    }

    @Override
    public Mixture mixture() {
      return base.mixture().times(1 - alpha).plus(tuned.mixture().times(alpha));
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
      if (normalise && !(total(terms) > 0)) {
        throw new IllegalArgumentException(
            "the weights sum to %s; normalising needs a positive sum".formatted(total(terms)));
      }
    }

    @Override
    public Mixture mixture() {
      double divisor = normalise ? total(terms) : 1;
      return terms.stream()
          .map(term -> term.recipe.mixture().times(term.weight / divisor))
          .reduce(Mixture.NOTHING, Mixture::plus);
    }

    private static double total(List<Term> terms) {
      return terms.stream().mapToDouble(Term::weight).sum();
    }
  }

  /** One part of a weighted sum. */
  record Term(Recipe recipe, double weight) {
    /**
     * @throws IllegalArgumentException if the weight is NaN or infinite
     */
    public Term {
      Objects.requireNonNull(recipe, "recipe");
      if (!Double.isFinite(weight)) {
        throw new IllegalArgumentException("a weight is " + weight + "; give a finite number");
      }
    }
  }
}
