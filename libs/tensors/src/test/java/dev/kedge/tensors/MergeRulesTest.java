package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the merge rules promise beyond the golden numbers. */
class MergeRulesTest {
  private static final Recipe BASE = new Recipe.Stored("base");
  private static final Recipe V1 = new Recipe.Stored("v1");
  private static final Recipe V2 = new Recipe.Stored("v2");

  static List<Recipe> everyRule() {
    List<SparseTerm> sparse = List.of(new SparseTerm(V1, 1, 0.3), new SparseTerm(V2, 0.5, 0.4));
    return List.of(
        new Recipe.WiseFt(BASE, V1, 0.3),
        new Lines(BASE, V1, 0.2, 0.8),
        new Slerp(V1, V2, 0.3),
        new Slerp(new Slerp(V1, V2, 0.3), BASE, 0.5),
        new Ties(BASE, sparse, Ties.Trim.GLOBAL, true, 1),
        new Ties(BASE, sparse, Ties.Trim.PER_TENSOR, false, 0.5),
        new Dare(BASE, sparse, 3, Dare.Rescale.L1_NORM, true, true, 1),
        new Dare(BASE, sparse, 3, Dare.Rescale.DENSITY, false, false, 1),
        new FisherMean(
            List.of(informed("v1", "fisher_v1"), informed("v2", "fisher_v2")),
            1e-6,
            FisherMean.Normalise.MEAN_ONE),
        new ModelStock(BASE, List.of(V1, new Recipe.WiseFt(V1, V2, 0.5))));
  }

  @Test
  void manyRulesInOneReadingGiveWhatEachGivesAloneWhateverTheThreads() throws IOException {
    List<Recipe> recipes = everyRule();
    try (Models models = new Models()) {
      Map<String, SafetensorsFile> open = models.open();
      List<MemorySink> one = made(recipes, open, 1);
      List<MemorySink> four = made(recipes, open, 4);
      for (int i = 0; i < recipes.size(); i++) {
        RecipeTensors alone = RecipeTensors.of(recipes.get(i), open);
        for (String tensor : alone.specs().keySet()) {
          assertThat(one.get(i).bytes(tensor)).as(tensor).isEqualTo(alone.bytes(tensor));
          assertThat(four.get(i).bytes(tensor)).as(tensor).isEqualTo(alone.bytes(tensor));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyRule")
  void aNanInASourceIsNamedWhateverTheRule(Recipe recipe) throws IOException {
    try (Models models = new Models()) {
      Map<String, TensorSource> given = new HashMap<>(models.open());
      given.put("v1", new Spoilt(given.get("v1"), "model.norm.weight"));
      Materialisation work = Materialisation.of(List.of(recipe), given, null);

      assertThatThrownBy(() -> work.write(List.of(new MemorySink()), 2, (made, total) -> {}))
          .isInstanceOf(NonFiniteTensorException.class)
          .hasMessageContaining("'model.norm.weight'")
          .hasMessageContaining("element 1")
          .hasMessageContaining("v1");
    }
  }

  @Test
  void aNegativeFisherInformationIsNamed() throws IOException {
    Map<String, TensorSource> given =
        Map.of(
            "one", new MemoryTensors().put("w", new float[] {1, 2, 3}, 3),
            "f", new MemoryTensors().put("w", new float[] {1, 0, -0.5f}, 3));
    FisherMean mean =
        new FisherMean(List.of(informed("one", "f")), 1e-6, FisherMean.Normalise.NONE);
    Materialisation work = Materialisation.of(List.of(mean), given, null);

    assertThatThrownBy(() -> work.write(List.of(new MemorySink()), 1, (made, total) -> {}))
        .isInstanceOf(NegativeFisherException.class)
        .hasMessageContaining("tensor 'w' [3] is -0.5 at element 2 of the Fisher diagonal f");
  }

  @Test
  void dareKeepsTheShareOfItsDensityAndIsAFunctionOfItsSeed() throws IOException {
    int size = 200_000;
    float[] ones = new float[size];
    Arrays.fill(ones, 1);
    Map<String, TensorSource> models =
        Map.of(
            "base", new MemoryTensors().put("w", new float[size], size),
            "v1", new MemoryTensors().put("w", ones, size));

    float[] kept = RecipeTensors.of(dare(1), models).floats("w");
    assertThat(mean(kept)).isCloseTo(0.3, within(0.005));
    assertThat(RecipeTensors.of(dare(1), models).floats("w")).isEqualTo(kept);
    assertThat(RecipeTensors.of(dare(2), models).floats("w")).isNotEqualTo(kept);
  }

  @ParameterizedTest
  @EnumSource(Ties.Trim.class)
  void trimmingKeepsWhatIsAsLargeAsTheSmallestKept(Ties.Trim trim) throws IOException {
    Map<String, TensorSource> models =
        Map.of(
            "base", new MemoryTensors().put("w", new float[5], 5),
            "v1", new MemoryTensors().put("w", new float[] {0.5f, -2, 1, -1, 0}, 5));
    Recipe ties = new Ties(BASE, List.of(new SparseTerm(V1, 1, 0.4)), trim, true, 1);

    assertThat(RecipeTensors.of(ties, models).floats("w")).containsExactly(0, -2, 1, -1, 0);
  }

  @Test
  void theHeavierSideElectsTheSign() throws IOException {
    Map<String, TensorSource> models =
        Map.of(
            "base", new MemoryTensors().put("w", new float[] {1, 1, 1}, 3),
            "v1", new MemoryTensors().put("w", new float[] {4, 0, 2}, 3),
            "v2", new MemoryTensors().put("w", new float[] {0, -2, 4}, 3));
    List<SparseTerm> all = List.of(new SparseTerm(V1, 1, 1), new SparseTerm(V2, 1, 1));

    assertThat(
            RecipeTensors.of(new Ties(BASE, all, Ties.Trim.PER_TENSOR, true, 1), models)
                .floats("w"))
        .containsExactly(4, -1, 3);
  }

  @Test
  void namesChooseTheRecipeAndTheFirstRuleWins() throws IOException {
    try (Models models = new Models()) {
      Map<String, SafetensorsFile> open = models.open();
      Recipe recipe =
          new ByName(
              List.of(
                  new ByName.Rule(List.of("*.mlp.*"), List.of("*.layers.0.*"), V1),
                  new ByName.Rule(List.of("model.layers.?.mlp.*"), List.of(), V2)),
              BASE);

      RecipeTensors chosen = RecipeTensors.of(recipe, open);

      assertTaken(chosen, "model.layers.1.mlp.up_proj.weight", open.get("v1"));
      assertTaken(chosen, "model.layers.0.mlp.up_proj.weight", open.get("v2"));
      assertTaken(chosen, "lm_head.weight", open.get("base"));
    }
  }

  @Test
  void recipesThatDoNotSuitTheTensorsAreRefusedBeforeAnythingIsRead() throws IOException {
    try (Models models = new Models()) {
      Map<String, SafetensorsFile> open = models.open();
      Recipe misspelt =
          new ByName(List.of(new ByName.Rule(List.of("*.mpl.*"), List.of(), V1)), BASE);
      Recipe tooFine =
          new Blockwise(BASE, V1, Collections.nCopies(5, 0.1), 0, 1, 1, Blockwise.Side.TUNED);
      Recipe stranger =
          new FisherMean(
              List.of(informed("v1", "bf16/v1"), informed("v2", "odd")),
              1e-6,
              FisherMean.Normalise.NONE);
      Map<String, TensorSource> given = new HashMap<>(open);
      given.put("odd", new MemoryTensors().put("lm_head.weight", new float[2], 2));

      assertThatThrownBy(() -> RecipeTensors.of(misspelt, open)).hasMessageContaining("*.mpl.*");
      assertThatThrownBy(() -> RecipeTensors.of(tooFine, open))
          .hasMessageContaining("5 ratios for the 4 layers of 'model.layers'");
      assertThatThrownBy(() -> RecipeTensors.of(stranger, given))
          .isInstanceOf(MismatchedCheckpointsException.class)
          .hasMessageContaining("'lm_head.weight' is F32 [2] in the Fisher diagonal odd");
    }
  }

  @Test
  void aTensorWithoutFisherIsAveragedByTheWeights() throws IOException {
    Map<String, TensorSource> given =
        Map.of(
            "v1", new MemoryTensors().put("w", new float[] {1}, 1),
            "v2", new MemoryTensors().put("w", new float[] {4}, 1),
            "f", new MemoryTensors());
    Recipe mean =
        new FisherMean(
            List.of(
                new FisherMean.Informed(V1, new FisherMean.Diagonal("f"), 2), informed("v2", "f")),
            1e-6,
            FisherMean.Normalise.NONE);

    assertThat(RecipeTensors.of(mean, given).floats("w")).containsExactly(2);
  }

  @Test
  void aFisherThatLacksWhatAnotherHasIsRefused() {
    Map<String, TensorSource> given =
        Map.of(
            "v1", new MemoryTensors().put("w", new float[1], 1),
            "v2", new MemoryTensors().put("w", new float[1], 1),
            "f", new MemoryTensors(),
            "g", new MemoryTensors().put("w", new float[1], 1));
    Recipe mean =
        new FisherMean(
            List.of(informed("v1", "f"), informed("v2", "g")), 1e-6, FisherMean.Normalise.NONE);

    assertThatThrownBy(() -> RecipeTensors.of(mean, given))
        .isInstanceOf(MismatchedCheckpointsException.class)
        .hasMessageContaining("'w' is missing in f");
  }

  private static void assertTaken(TensorSource from, String tensor, TensorSource model)
      throws IOException {
    assertThat(from.bytes(tensor)).as(tensor).isEqualTo(model.bytes(tensor));
  }

  private static Recipe dare(int seed) {
    return new Dare(
        BASE, List.of(new SparseTerm(V1, 1, 0.3)), seed, Dare.Rescale.NONE, false, false, 1);
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static FisherMean.Informed informed(String model, String fisher) {
    return new FisherMean.Informed(new Recipe.Stored(model), new FisherMean.Diagonal(fisher), 1);
  }

  private static List<MemorySink> made(
      List<Recipe> recipes, Map<String, ? extends TensorSource> given, int threads)
      throws IOException {
    List<MemorySink> sinks = new ArrayList<>();
    recipes.forEach(recipe -> sinks.add(new MemorySink()));
    Materialisation.of(recipes, given, null).write(sinks, threads, (made, total) -> {});
    return sinks;
  }
}
