package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes give what PyTorch and mergekit give. */
class MergeParityTest {
  private static final float TOLERANCE = 2e-6f;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 0.75, 1})
  void wiseFt(double alpha) throws IOException {
    Recipe recipe = new Recipe.WiseFt(stored("base"), stored("v1"), alpha);
    assertClose(recipe, "merged/wiseft_alpha_" + alpha);
  }

  @Test
  void uniformSoup() throws IOException {
    Recipe recipe = Recipe.uniformSoup(List.of(stored("v1"), stored("v2"), stored("v3")));
    assertClose(recipe, "merged/uniform_soup");
  }

  @Test
  void weightedSum() throws IOException {
    Recipe recipe =
        new Recipe.Linear(
            List.of(
                new Recipe.Term(stored("v1"), 2),
                new Recipe.Term(stored("v2"), 1),
                new Recipe.Term(stored("v3"), 0.5)),
            true);
    assertClose(recipe, "merged/linear_weighted_normalised");
  }

  @Test
  void bf16IsComputedInFloat32AndRoundedOnceBitForBit() throws IOException {
    Recipe recipe = new Recipe.WiseFt(stored("bf16/base"), stored("bf16/v1"), 0.3);
    assertSame(recipe, null, "bf16/linear_in_float32_rounded_to_bf16");
  }

  @Test
  void bf16StoredAsFloat32IsNotRounded() throws IOException {
    Recipe recipe = new Recipe.WiseFt(stored("bf16/base"), stored("bf16/v1"), 0.3);
    assertSame(recipe, DType.F32, "bf16/linear_float32_out");
  }

  @Test
  void aFloat32BaseAndABf16ModelMixInFloat32() throws IOException {
    Recipe recipe = new Recipe.WiseFt(stored("base"), stored("bf16/v1"), 0.3);
    assertSame(recipe, DType.F32, "bf16/mixed_base_float32_v1_bf16_out_float32");
  }

  private static void assertClose(Recipe recipe, String golden) throws IOException {
    try (Models models = new Models();
        SafetensorsFile expected = SafetensorsFile.open(Golden.merge(golden))) {
      RecipeTensors actual = RecipeTensors.of(recipe.mixture(), models.open());
      assertThat(actual.specs()).isEqualTo(expected.specs());
      for (String name : expected.specs().keySet()) {
        float[] values = actual.floats(name);
        float[] wanted = expected.floats(name);
        for (int i = 0; i < wanted.length; i++) {
          assertThat(values[i]).as("%s[%d]", name, i).isCloseTo(wanted[i], within(TOLERANCE));
        }
      }
    }
  }

  private static void assertSame(Recipe recipe, DType storedAs, String golden) throws IOException {
    try (Models models = new Models();
        SafetensorsFile expected = SafetensorsFile.open(Golden.merge(golden))) {
      Map<String, SafetensorsFile> checkpoints = models.open();
      RecipeTensors actual =
          storedAs == null
              ? RecipeTensors.of(recipe.mixture(), checkpoints)
              : RecipeTensors.of(recipe.mixture(), checkpoints, storedAs);
      assertThat(actual.specs()).isEqualTo(expected.specs());
      for (String name : expected.specs().keySet()) {
        assertThat(actual.bytes(name)).as(name).isEqualTo(expected.bytes(name));
      }
    }
  }

  private static Recipe stored(String model) {
    return new Recipe.Stored(model);
  }
}
