package dev.kedge.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.tensors.Blockwise;
import dev.kedge.tensors.ByName;
import dev.kedge.tensors.Dare;
import dev.kedge.tensors.Ema;
import dev.kedge.tensors.FisherMean;
import dev.kedge.tensors.Lines;
import dev.kedge.tensors.ModelStock;
import dev.kedge.tensors.Slerp;
import dev.kedge.tensors.SparseTerm;
import dev.kedge.tensors.TaskArithmetic;
import dev.kedge.tensors.Ties;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract's recipes and the tensors' own are one language. */
class ContractRecipesTest {
  private static final dev.kedge.tensors.Recipe A = stored("a");
  private static final dev.kedge.tensors.Recipe B = stored("b");
  private static final dev.kedge.tensors.Recipe C = stored("c");

  /** One of every kind, with no number at its default. */
  static Stream<dev.kedge.tensors.Recipe> kinds() {
    var term = new dev.kedge.tensors.Recipe.Term(B, -0.5);
    var sparse = List.of(new SparseTerm(B, 1, 0.25), new SparseTerm(C, 2, 1));
    return Stream.of(
        A,
        new dev.kedge.tensors.Recipe.WiseFt(A, B, 0.3),
        new dev.kedge.tensors.Recipe.Linear(List.of(term), false),
        new Ema(List.of(A, B, C), 0.9),
        new Blockwise(A, B, List.of(0.0, 0.5), 0.1, 0.9, 1, Blockwise.Side.BASE),
        new Lines(A, B, 0.2, 0.8),
        new ByName(List.of(new ByName.Rule(List.of("*.mlp.*"), List.of("*.0.*"), B)), A),
        new Slerp(A, B, 0.25),
        new TaskArithmetic(A, List.of(term), false, 0.7),
        new Ties(A, sparse, Ties.Trim.GLOBAL, true, 0.7),
        new Dare(A, sparse, -7, Dare.Rescale.L1_NORM, true, false, 0.7),
        new FisherMean(
            List.of(new FisherMean.Informed(A, new FisherMean.Diagonal("sha256:f"), 2)),
            1e-6,
            FisherMean.Normalise.MEAN_ONE),
        new ModelStock(A, List.of(B, C)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyKindOfRecipeIsTheSameInTheContract(dev.kedge.tensors.Recipe recipe) {
    assertThat(resolved(contract(recipe))).isEqualTo(recipe);
  }

  /** What is found is put in its place before a recipe is applied. */
  @Test
  void everyKindOfTheContractIsARecipe() {
    List<FieldDescriptor> walked =
        kinds()
            .flatMap(kind -> contract(kind).getAllFields().keySet().stream())
            .distinct()
            .toList();

    assertThat(walked)
        .containsExactlyInAnyOrderElementsOf(
            Recipe.getDescriptor().getFields().stream()
                .filter(field -> field.getNumber() != Recipe.FOUND_FIELD_NUMBER)
                .toList());
  }

  @Test
  void recipesOfRecipesAreToo() {
    List<dev.kedge.tensors.Recipe> all = kinds().toList();
    var soup = new Lines(A, dev.kedge.tensors.Recipe.uniformSoup(all), 0.1, 0.9);

    assertThat(resolved(contract(soup))).isEqualTo(soup);
  }

  @Test
  void aChoiceThatIsNotMadeIsRefused() {
    Recipe.Builder recipe =
        contract(new Ties(A, List.of(new SparseTerm(B, 1, 1)), Ties.Trim.GLOBAL, true, 1))
            .toBuilder();
    recipe.getTiesBuilder().clearTrim();

    assertThatThrownBy(() -> resolved(recipe.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TRIM_UNSPECIFIED");
  }

  private static dev.kedge.tensors.Recipe resolved(Recipe recipe) {
    return dev.kedge.tensors.Recipe.fromJson(RecipeFile.json(recipe));
  }

  private static Recipe contract(dev.kedge.tensors.Recipe recipe) {
    Recipe.Builder message = Recipe.newBuilder();
    try {
      JsonFormat.parser().merge(recipe.toJson(), message);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(recipe.toJson(), e);
    }
    return message.build();
  }

  private static dev.kedge.tensors.Recipe stored(String name) {
    return new dev.kedge.tensors.Recipe.Stored("sha256:" + name);
  }
}
