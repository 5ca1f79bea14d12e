package dev.kedge.training;

import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.Recipe.Blockwise.Side;
import dev.kedge.tensors.NameFilter;
import java.util.Collection;
import java.util.List;

/** Which tensors of two models are mixed; all others are one model's as they are. */
record MixedTensors(AdaptSpec spec) {
  private static final List<String> ALL = List.of("*");

  /** Their names. */
  NameFilter names() {
    return new NameFilter(included(), spec.getExcludeList());
  }

  private List<String> included() {
    return spec.getIncludeCount() == 0 ? ALL : spec.getIncludeList();
  }

  private boolean areSome() {
    return spec.getIncludeCount() + spec.getExcludeCount() > 0;
  }

  /**
   * Those of a model.
   *
   * @throws IllegalArgumentException if there are none, or nothing says whose the others are
   */
  List<String> of(Collection<String> model) {
    if (areSome() && spec.getOtherwise() == Side.SIDE_UNSPECIFIED) {
      throw new IllegalArgumentException(
          "otherwise is not set, though not all tensors are mixed: give TUNED or BASE");
    }
    List<String> mixed = model.stream().filter(names()::fits).toList();
    if (mixed.isEmpty()) {
      throw new IllegalArgumentException(
          "no tensor's name fits include %s, exclude %s; correct the patterns"
              .formatted(included(), spec.getExcludeList()));
    }
    return mixed;
  }

  /** Where the others are from. */
  Input otherwise() {
    return spec.getOtherwise() == Side.BASE ? spec.getBase() : spec.getTuned();
  }

  /** The recipe that mixes these alone. */
  Recipe recipe(Recipe mix) {
    if (!areSome()) {
      return mix;
    }
    return Recipe.newBuilder()
        .setByName(
            Recipe.ByName.newBuilder()
                .addRules(
                    Recipe.ByName.Rule.newBuilder()
                        .addAllInclude(included())
                        .addAllExclude(spec.getExcludeList())
                        .setRecipe(mix))
                .setOtherwise(Recipe.newBuilder().setCheckpoint(otherwise())))
        .build();
  }
}
