package dev.kedge.tensors;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Model Stock (Jang et al., arXiv 2403.19522), tensor by tensor: t·mean(θᵢ) + (1 − t)·base with t =
 * N·c/(1 + (N − 1)·c), where c is the mean cosine between the task vectors' pairs. t is not
 * clamped: it is negative where the task vectors oppose each other.
 *
 * @param models the fine-tuned models, at least two
 */
public record ModelStock(Recipe base, List<Recipe> models) implements Recipe {
  /**
   * @throws IllegalArgumentException if there are fewer than two models
   */
  public ModelStock {
    Objects.requireNonNull(base, "base");
    models =
        models.stream().sorted(Comparator.comparing(model -> model.mixture().canonical())).toList();
    if (models.size() < 2) {
      throw new IllegalArgumentException(
          "a model stock needs at least two fine-tuned models, there are " + models.size());
    }
  }

  @Override
  public List<Recipe> parts() {
    return Stream.concat(Stream.of(base), models.stream()).toList();
  }

  @Override
  public Mixture mixture() {
    return Mixture.ofResult(
        "model_stock", base.mixture(), models.stream().map(Recipe::mixture).toList());
  }

  @Override
  public Mixture at(Derivation tensor) throws IOException {
    List<Mixture> vectors = new ArrayList<>();
    Mixture mean = Mixture.NOTHING;
    for (Recipe model : models) {
      vectors.add(new TaskVector(base, model).at(tensor));
      mean = mean.plus(model.at(tensor).times(1.0 / models.size()));
    }
    return base.at(tensor).towards(mean, share(tensor.gram(vectors).meanCosine()));
  }

  private double share(double cosine) {
    int n = models.size();
    return n * cosine / (1 + (n - 1) * cosine);
  }
}
