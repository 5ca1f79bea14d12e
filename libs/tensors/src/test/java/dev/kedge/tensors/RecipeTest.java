package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final Recipe BASE = new Recipe.Stored("sha256:b");
  private static final Recipe TUNED = new Recipe.Stored("sha256:t");
  private static final Recipe WISE = new Recipe.WiseFt(BASE, TUNED, 0.3);

  @Test
  void alphaWeightsTheFineTunedModel() {
    assertThat(WISE.mixture().weights()).containsEntry("sha256:t", 0.3);
    assertThat(WISE.mixture().weights()).containsEntry("sha256:b", 0.7);
  }

  @Test
  void theEndsOfAlphaAreTheCheckpointsThemselves() {
    assertThat(new Recipe.WiseFt(BASE, TUNED, 0).mixture()).isEqualTo(BASE.mixture());
    assertThat(new Recipe.WiseFt(BASE, TUNED, 1).mixture()).isEqualTo(TUNED.mixture());
    assertThat(new Recipe.WiseFt(BASE, TUNED, -0.0).toJson())
        .isEqualTo(new Recipe.WiseFt(BASE, TUNED, 0.0).toJson());
  }

  @Test
  void recipesOfTheSameWeightsHaveOneName() {
    Recipe oneWay = Recipe.uniformSoup(List.of(BASE, TUNED));
    Recipe otherWay = Recipe.uniformSoup(List.of(TUNED, BASE));

    assertThat(otherWay.mixture().digest()).isEqualTo(oneWay.mixture().digest());
    assertThat(new Recipe.WiseFt(BASE, TUNED, 0.5).mixture()).isEqualTo(oneWay.mixture());
    assertThat(WISE.mixture().digest()).isNotEqualTo(oneWay.mixture().digest());
  }

  /** Evaluation results are kept under this digest: a change loses them all. */
  @Test
  void theNameOfAMixtureDoesNotChange() {
    assertThat(WISE.mixture().canonical()).isEqualTo("{\"sha256:b\":0.7,\"sha256:t\":0.3}");
    assertThat(WISE.mixture().digest())
        .isEqualTo("sha256:c4e19357273df3558471db4a758cb2220cd2fbdbe2888c8dfa0da1b686a8b235");
  }

  @Test
  void aRecipeInARecipeIsMultipliedOut() {
    Recipe soup = Recipe.uniformSoup(List.of(TUNED, new Recipe.Stored("sha256:u")));

    assertThat(new Recipe.WiseFt(BASE, soup, 0.5).mixture().canonical())
        .isEqualTo("{\"sha256:b\":0.5,\"sha256:t\":0.25,\"sha256:u\":0.25}");
  }

  @Test
  void aNormalisedSumIsDividedByItsWeights() {
    List<Recipe.Term> terms = List.of(new Recipe.Term(BASE, 3), new Recipe.Term(TUNED, 1));

    assertThat(new Recipe.Linear(terms, true).mixture().canonical())
        .isEqualTo("{\"sha256:b\":0.75,\"sha256:t\":0.25}");
    assertThat(new Recipe.Linear(terms, false).mixture().canonical())
        .isEqualTo("{\"sha256:b\":3.0,\"sha256:t\":1.0}");
  }

  @Test
  void jsonGivesTheRecipeBack() {
    Recipe recipe = Recipe.uniformSoup(List.of(WISE, BASE));

    assertThat(Recipe.fromJson(recipe.toJson())).isEqualTo(recipe);
    assertThat(WISE.toJson())
        .isEqualTo(
            "{\"wise_ft\":{\"alpha\":0.3,\"base\":{\"checkpoint\":{\"artifact\":\"sha256:b\"}},"
                + "\"tuned\":{\"checkpoint\":{\"artifact\":\"sha256:t\"}}}}");
  }

  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void everyKindComesBackFromItsJsonWithItsName(Recipe recipe) {
    Recipe read = Recipe.fromJson(recipe.toJson());

    assertThat(read).isEqualTo(recipe);
    assertThat(read.mixture().digest()).isEqualTo(recipe.mixture().digest());
    assertThat(recipe.mixture().isCopy()).isFalse();
    assertThat(recipe.checkpoints()).contains("sha256:b", "sha256:t");
  }

  static List<Recipe> oneOfEachKind() {
    List<SparseTerm> sparse =
        List.of(new SparseTerm(TUNED, 1, 0.5), new SparseTerm(WISE, 0.3, 0.2));
    FisherMean.Diagonal fisher = new FisherMean.Diagonal("sha256:f");
    return List.of(
        WISE,
        Recipe.uniformSoup(List.of(BASE, TUNED)),
        new Ema(List.of(BASE, TUNED), 0.9),
        new Blockwise(BASE, TUNED, List.of(0.1, 0.2), 0.1, 0.3, 0.4, Blockwise.Side.BASE),
        new Lines(BASE, TUNED, 0.2, 0.8),
        new ByName(List.of(new ByName.Rule(List.of("*"), List.of("a"), BASE)), TUNED),
        new Slerp(BASE, TUNED, 0.4),
        new TaskArithmetic(BASE, List.of(new Recipe.Term(TUNED, 0.5)), false, 0.7),
        new Ties(BASE, sparse, Ties.Trim.GLOBAL, true, 0.9),
        new Dare(BASE, sparse, 7, Dare.Rescale.DENSITY, true, false, 1),
        new FisherMean(
            List.of(
                new FisherMean.Informed(TUNED, fisher, 1),
                new FisherMean.Informed(BASE, fisher, 2)),
            1e-6,
            FisherMean.Normalise.MEAN_ONE),
        new ModelStock(BASE, List.of(TUNED, WISE)));
  }

  @Test
  void recipesMayBeNestedManyTimes() {
    Recipe deep = TUNED;
    for (int i = 0; i < 10; i++) {
      deep = Recipe.uniformSoup(List.of(deep, BASE));
    }

    assertThat(Recipe.fromJson(deep.toJson())).isEqualTo(deep);
    assertThat(deep.mixture().weights()).containsEntry("sha256:t", 0x1p-10);
  }

  @Test
  void whereOrderMeansNothingItGivesNoOtherName() {
    SparseTerm one = new SparseTerm(TUNED, 1, 0.5);
    SparseTerm other = new SparseTerm(WISE, 2, 0.5);

    assertThat(new Ties(BASE, List.of(one, other), Ties.Trim.GLOBAL, true, 1).toJson())
        .isEqualTo(new Ties(BASE, List.of(other, one), Ties.Trim.GLOBAL, true, 1).toJson());
    assertThat(new ModelStock(BASE, List.of(TUNED, WISE)).mixture())
        .isEqualTo(new ModelStock(BASE, List.of(WISE, TUNED)).mixture());
  }

  @Test
  void whatComesToAWeightedSumHasTheNameOfOne() {
    List<Recipe.Term> half = List.of(new Recipe.Term(TUNED, 0.5));
    List<Double> halves = List.of(0.5, 0.5);
    Mixture wise = new Recipe.WiseFt(BASE, TUNED, 0.5).mixture();

    assertThat(new TaskArithmetic(BASE, half, false, 1).mixture()).isEqualTo(wise);
    assertThat(new Ema(List.of(BASE, TUNED), 0.5).mixture()).isEqualTo(wise);
    assertThat(new Lines(BASE, TUNED, 0.5, 0.5).mixture()).isEqualTo(wise);
    assertThat(new Blockwise(BASE, TUNED, halves, 0.5, 0.5, 0.5, Blockwise.Side.BASE).mixture())
        .isEqualTo(wise);
    assertThat(new Slerp(BASE, TUNED, 1).mixture()).isEqualTo(TUNED.mixture());
  }

  @Test
  void aRatioOfTheBaseIsOneMinusTheRatioOfTheFineTunedModel() {
    Blockwise base =
        new Blockwise(BASE, TUNED, List.of(0.25, 0.5), 0.25, 0.5, 0.75, Blockwise.Side.BASE);
    Blockwise tuned =
        new Blockwise(BASE, TUNED, List.of(0.75, 0.5), 0.75, 0.5, 0.25, Blockwise.Side.TUNED);

    assertThat(base.mixture()).isEqualTo(tuned.mixture());
  }

  @Test
  void aMovingAverageForgetsTheOldest() {
    Recipe ema = new Ema(List.of(BASE, TUNED, new Recipe.Stored("sha256:u")), 0.5);

    assertThat(ema.mixture().canonical())
        .isEqualTo("{\"sha256:b\":0.25,\"sha256:t\":0.25,\"sha256:u\":0.5}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'slerp': {'a': A, 'b': B, 't': 1.1}}",
        "{'ties': {'base': A, 'terms': [], 'trim': 'GLOBAL', 'normalise': true, 'lambda': 1}}",
        "{'ema': {'snapshots': [], 'decay': 0.5}}",
        "{'model_stock': {'base': A, 'models': [B]}}",
        "{'fisher': {'terms': [{'recipe': A, 'fisher': {'artifact': 'f'}, 'weight': 1}],"
            + " 'floor': 0, 'normalise': 'NONE'}}",
        "{'blockwise': {'base': A, 'tuned': B, 'ratios': [], 'embeddings': 0, 'norm': 0,"
            + " 'head': 0, 'ratio_of': 'TUNED'}}",
        "",
        "null",
        "{}",
        "{'slerp': {}}",
        "{'checkpoint': {'artifact': null}}",
        "{'checkpoint': {'stage': 'train-full'}}",
        "{'checkpoint': {'artifact': 'a'}} {}",
        "{'wise_ft': {'base': A, 'tuned': B}}",
        "{'wise_ft': {'base': A, 'alpha': 0.5}}",
        "{'wise_ft': {'base': A, 'tuned': B, 'alpha': 1.5}}",
        "{'wise_ft': {'base': A, 'tuned': B, 'alpha': '0.5'}}",
        "{'wise_ft': {'base': A, 'tuned': B, 'alpha': 0.5, 'alpha': 0.6}}",
        "{'wise_ft': {'base': A, 'tuned': B, 'alpha': 0.5, 'beta': 1}}",
        "{'linear': {'terms': [], 'normalise': true}}",
        "{'linear': {'terms': [null], 'normalise': true}}",
        "{'linear': {'terms': [{'recipe': A, 'weight': -1}], 'normalise': true}}",
      })
  void whatIsNotARecipeIsRefused(String shorthand) {
    String json =
        shorthand
            .replace("A", "{'checkpoint': {'artifact': 'a'}}")
            .replace("B", "{'checkpoint': {'artifact': 'b'}}")
            .replace('\'', '"');

    assertThatThrownBy(() -> Recipe.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a recipe");
  }
}
