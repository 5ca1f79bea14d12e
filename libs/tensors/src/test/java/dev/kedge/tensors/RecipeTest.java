package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
  @ValueSource(
      strings = {
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
