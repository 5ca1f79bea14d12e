package dev.kedge.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Another recipe for some tensors, chosen by name.
 *
 * @param rules the first that fits a tensor's name is taken
 * @param otherwise for tensors that no rule fits
 */
public record ByName(List<Rule> rules, Recipe otherwise) implements Recipe {
  /** Refuses a choice without its last resort. */
  public ByName {
    rules = List.copyOf(rules);
    Objects.requireNonNull(otherwise, "otherwise");
  }

  /**
   * A recipe for the tensors of certain names. In a pattern {@code *} stands for any characters and
   * {@code ?} for one.
   *
   * @param include patterns, one of which must fit
   * @param exclude patterns, none of which may fit
   */
  public record Rule(List<String> include, List<String> exclude, Recipe recipe) {
    /**
     * @throws IllegalArgumentException if nothing is included
     */
    public Rule {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
      Objects.requireNonNull(recipe, "recipe");
      if (include.isEmpty()) {
        throw new IllegalArgumentException("a rule by name includes nothing; give \"*\" for all");
      }
    }

    boolean fits(String tensor) {
      return new NameFilter(include, exclude).fits(tensor);
    }
  }

  @Override
  public List<Recipe> parts() {
    List<Recipe> parts = new ArrayList<>(rules.stream().map(Rule::recipe).toList());
    parts.add(otherwise);
    return parts;
  }

  @Override
  public Mixture mixture() {
    if (rules.isEmpty()) {
      return otherwise.mixture();
    }
    return Mixture.ofResult(
        "by_name",
        rules.stream()
            .map(rule -> List.of(rule.include, rule.exclude, rule.recipe.mixture()))
            .toList(),
        otherwise.mixture());
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    return chosen(tensor.name()).at(tensor);
  }

  /** Refuses rules that fit no tensor: they are misspelt. */
  @Override
  public void check(Layers layers, Collection<TensorSpec> tensors) {
    for (Recipe part : parts()) {
      List<TensorSpec> theirs =
          tensors.stream().filter(tensor -> chosen(tensor.name()) == part).toList();
      part.check(layers, theirs);
    }
    for (Rule rule : rules) {
      if (tensors.stream().noneMatch(tensor -> rule.fits(tensor.name()))) {
        throw new IllegalArgumentException(
            "no tensor's name fits include %s, exclude %s; correct the patterns"
                .formatted(rule.include, rule.exclude));
      }
    }
  }

  private Recipe chosen(String tensor) {
    return rules.stream()
        .filter(rule -> rule.fits(tensor))
        .map(Rule::recipe)
        .findFirst()
        .orElse(otherwise);
  }
}
