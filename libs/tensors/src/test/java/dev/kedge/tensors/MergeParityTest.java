package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes give what PyTorch and mergekit give. */
class MergeParityTest {
  private static final float TOLERANCE = 2e-6f;
  private static final Recipe BASE = stored("base");
  private static final Recipe V1 = stored("v1");
  private static final Recipe V2 = stored("v2");
  private static final Recipe V3 = stored("v3");

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 0.75, 1})
  void wiseFt(double alpha) throws IOException {
    assertClose(new Recipe.WiseFt(BASE, V1, alpha), "wiseft_alpha_" + alpha);
  }

  @Test
  void uniformSoup() throws IOException {
    assertClose(Recipe.uniformSoup(List.of(V1, V2, V3)), "uniform_soup");
  }

  @Test
  void weightedSum() throws IOException {
    assertClose(
        new Recipe.Linear(List.of(term(V1, 2), term(V2, 1), term(V3, 0.5)), true),
        "linear_weighted_normalised");
  }

  @Test
  void blocksOfLayers() throws IOException {
    assertClose(
        new Blockwise(BASE, V1, List.of(0.2, 0.5, 0.9), 0.2, 0.9, 0.9, Blockwise.Side.TUNED),
        "block_interpolation");
    assertClose(
        new Blockwise(BASE, V1, List.of(0.8, 0.5, 0.1), 0.8, 0.1, 0.1, Blockwise.Side.BASE),
        "block_interpolation");
  }

  @Test
  void ratiosThatGrowWithDepth() throws IOException {
    assertClose(new Lines(BASE, V1, 0.3, 0.8), "layerwise_interpolation");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5})
  void slerp(double t) throws IOException {
    assertClose(new Slerp(V1, V2, t), "slerp_t_" + t);
  }

  @Test
  void taskArithmetic() throws IOException {
    assertClose(
        new TaskArithmetic(BASE, List.of(term(V1, 1), term(V2, 0.5), term(V3, -0.25)), false, 0.6),
        "task_arithmetic");
  }

  @ParameterizedTest
  @CsvSource({"PER_TENSOR, ties_per_tensor_trim", "GLOBAL, ties_global_trim"})
  void ties(Ties.Trim trim, String golden) throws IOException {
    List<SparseTerm> terms = List.of(sparse(V1, 1, 0.5), sparse(V2, 1, 0.5), sparse(V3, 1, 0.5));
    assertClose(new Ties(BASE, terms, trim, true, 1), golden);
  }

  @ParameterizedTest
  @CsvSource({"DENSITY, dare_linear", "L1_NORM, dare_linear_l1_rescaled"})
  void dareWithTheMasksOfTheGoldenRun(Dare.Rescale rescale, String golden) throws IOException {
    List<SparseTerm> terms =
        List.of(sparse(V1, 0.5, 0.4), sparse(V2, 0.3, 0.4), sparse(V3, 0.2, 0.4));
    Dare dare = new Dare(BASE, terms, 0, rescale, false, false, 1);
    try (Models models = new Models();
        SafetensorsFile masks = SafetensorsFile.open(Golden.merge("dare_masks"));
        SafetensorsFile expected = SafetensorsFile.open(golden(golden))) {
      CheckpointSet set = CheckpointSet.check(List.of(dare), models.open(), null);
      Arena.Pool arenas = new Arena.Pool();
      ModelMeasures model = new ModelMeasures(set, new OrderedWork(1), arenas, new HashMap<>());
      GoldenError error = new GoldenError(golden);
      for (TensorSpec spec : set.specs().values()) {
        Derivation tensor = new Derivation(spec, model);
        Mixture result =
            dare.at(
                tensor,
                (term, vector) ->
                    new Masked(
                        vector, masks, term.recipe().checkpoints().first() + "/" + spec.name()));
        error.add(spec.name(), values(tensor, result, arenas), expected.floats(spec.name()));
      }
      error.assertWithin(TOLERANCE);
    }
  }

  @Test
  void fisher() throws IOException {
    assertClose(
        new FisherMean(
            List.of(informed("v1", 0.5), informed("v2", 0.3), informed("v3", 0.2)),
            1e-6,
            FisherMean.Normalise.NONE),
        "fisher_weighted");
  }

  @Test
  void modelStock() throws IOException {
    assertClose(new ModelStock(BASE, List.of(V1, V2, V3)), "model_stock_3");
    assertClose(new ModelStock(BASE, List.of(V1, V2)), "model_stock_2");
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
    Recipe recipe = new Recipe.WiseFt(BASE, stored("bf16/v1"), 0.3);
    assertSame(recipe, DType.F32, "bf16/mixed_base_float32_v1_bf16_out_float32");
  }

  /** A choice that was made elsewhere. */
  private record Masked(Mixture vector, @JsonIgnore TensorSource masks, String name)
      implements Step {
    @Override
    public void compute(Evaluation at, float[] into) throws IOException {
      ByteBuffer keep = masks.bytes(name);
      float[] values = at.values(vector);
      for (int i = 0; i < at.count(); i++) {
        into[i] = keep.get((int) at.first() + i) == 0 ? 0 : values[i];
      }
    }
  }

  private static float[] values(Derivation tensor, Mixture result, Arena.Pool arenas)
      throws IOException {
    Formula formula = tensor.formula();
    ByteBuffer bytes = ByteBuffer.allocate((int) formula.spec().bytes());
    float[] values = new float[(int) formula.spec().elements()];
    arenas.use(
        arena -> {
          new Evaluation(formula, new Chunk(0, values.length), arena).emit(result, bytes);
          return null;
        });
    DType.F32.decode(bytes.flip(), values, values.length);
    return values;
  }

  private static void assertClose(Recipe recipe, String name) throws IOException {
    try (Models models = new Models();
        SafetensorsFile expected = SafetensorsFile.open(golden(name))) {
      RecipeTensors actual = RecipeTensors.of(recipe, models.open());
      assertThat(actual.specs()).isEqualTo(expected.specs());
      GoldenError error = new GoldenError(name);
      for (String tensor : expected.specs().keySet()) {
        error.add(tensor, actual.floats(tensor), expected.floats(tensor));
      }
      error.assertWithin(TOLERANCE);
    }
  }

  private static void assertSame(Recipe recipe, DType storedAs, String golden) throws IOException {
    try (Models models = new Models();
        SafetensorsFile expected = SafetensorsFile.open(Golden.merge(golden))) {
      Map<String, SafetensorsFile> checkpoints = models.open();
      RecipeTensors actual = RecipeTensors.of(recipe, checkpoints, storedAs);
      assertThat(actual.specs()).isEqualTo(expected.specs());
      for (String name : expected.specs().keySet()) {
        assertThat(actual.bytes(name)).as(name).isEqualTo(expected.bytes(name));
      }
    }
  }

  private static Path golden(String name) {
    return Golden.merge("merged/" + name);
  }

  private static Recipe stored(String model) {
    return new Recipe.Stored(model);
  }

  private static Recipe.Term term(Recipe recipe, double weight) {
    return new Recipe.Term(recipe, weight);
  }

  private static SparseTerm sparse(Recipe recipe, double weight, double density) {
    return new SparseTerm(recipe, weight, density);
  }

  private static FisherMean.Informed informed(String model, double weight) {
    return new FisherMean.Informed(
        stored(model), new FisherMean.Diagonal("fisher_" + model), weight);
  }
}
