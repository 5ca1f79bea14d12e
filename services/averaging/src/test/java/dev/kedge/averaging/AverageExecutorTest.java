package dev.kedge.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.stage.Blame;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.AverageSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsFile;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AverageExecutorTest {
  private static final String BASE = "sha256:base";
  private static final String TUNED = "sha256:tuned";

  @TempDir Path disk;
  private TestingContext context;

  @BeforeEach
  void twoCheckpoints() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(BASE, TestingCheckpoint.write(disk.resolve("base"), 0));
    context.artifacts.put(TUNED, TestingCheckpoint.write(disk.resolve("tuned"), 1));
  }

  @Test
  void computesAverages() {
    assertThat(new AverageExecutor().kind()).isEqualTo(StageKind.AVERAGE);
  }

  @Test
  void aRecipeBecomesACheckpointWithItsHead() throws IOException {
    SortedMap<String, Path> files = averaged(wiseFt(0.25));

    assertThat(files)
        .containsOnlyKeys(
            "config.json", "head.json", "head.safetensors", "model.safetensors", "recipe.json");
    assertThat(floats(files.get(Checkpoint.MODEL), "w")).containsExactly(0.25f, 2.25f);
    assertThat(floats(files.get(Checkpoint.HEAD), "head.bias")).containsExactly(10.25f);
    assertThat(files.get("head.json")).hasContent("[\"dog\"]");
  }

  @Test
  void whatIsComputedIsWhatItsAlgorithmVersionComputes() throws IOException {
    new RecordedOutput(StageKind.AVERAGE, "wise-ft").requireUnchanged(averaged(wiseFt(0.25)));
  }

  @Test
  void theCheckpointCarriesItsRecipeAndThatIsARecipeAgain() throws IOException {
    assertThat(recipe(averaged(wiseFt(0.25)))).isEqualTo(wiseFt(0.25));
  }

  @Test
  void aUniformSoupIsTheMean() throws IOException {
    SortedMap<String, Path> files = averaged(Recipes.uniformSoup(BASE, TUNED));

    assertThat(floats(files.get(Checkpoint.MODEL), "w")).containsExactly(0.5f, 2.5f);
  }

  @Test
  void theEndsOfAlphaAreTheCheckpointsThemselvesWithoutACopy() throws IOException {
    assertThat(run(Recipes.spec(wiseFt(0)))).isEqualTo(StageOutput.existing(BASE));
    assertThat(run(Recipes.spec(wiseFt(1)))).isEqualTo(StageOutput.existing(TUNED));
    assertThat(run(Recipes.spec(Recipes.stored(TUNED)))).isEqualTo(StageOutput.existing(TUNED));
  }

  @Test
  void theRecipeOfASelectionIsMade() throws IOException {
    Path selection = Files.createDirectory(disk.resolve("selection"));
    Files.writeString(
        selection.resolve("recipe.json"),
        JsonFormat.printer()
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence()
            .print(wiseFt(0.25)));
    context.artifacts.put("sha256:selection", selection);

    StageOutput made = run(selected("sha256:selection"));

    assertThat(floats(context.stored().files(made).get(Checkpoint.MODEL), "w"))
        .containsExactly(0.25f, 2.25f);
  }

  @Test
  void aFoundRecipeIsMixedWithOthersAndToldInFull() throws IOException {
    Path search = Files.createDirectory(disk.resolve("search"));
    RecipeFile.write(search, Recipes.uniformSoup(BASE, TUNED));
    context.artifacts.put("sha256:search", search);
    Recipe found = Recipe.newBuilder().setFound(Recipes.input("sha256:search")).build();
    Recipe.Builder half = wiseFt(0.5).toBuilder();
    half.getWiseFtBuilder().setTuned(found);

    SortedMap<String, Path> files = averaged(half.build());

    assertThat(floats(files.get(Checkpoint.MODEL), "w")).containsExactly(0.25f, 2.25f);
    half.getWiseFtBuilder().setTuned(Recipes.uniformSoup(BASE, TUNED));
    assertThat(recipe(files)).isEqualTo(half.build());
  }

  @Test
  void progressEndsAtItsTotal() throws IOException {
    averaged(wiseFt(0.5));

    assertThat(context.progress).extracting(Progress::getDone).isSorted().last().isEqualTo(12L);
    assertThat(context.progress).extracting(Progress::getTotal).containsOnly(12L);
  }

  @Test
  void aStageThatIsToStopStops() {
    context.stopWhen(() -> true);
    assertThatThrownBy(() -> run(Recipes.spec(wiseFt(0.5)))).isInstanceOf(StageStopped.class);
  }

  @Test
  void otherClassesAreRefused() throws IOException {
    Files.writeString(context.artifact(TUNED).resolve("head.json"), "[\"cat\"]");
    refused(
        Recipes.spec(wiseFt(0.5)), "CHECKPOINTS_DO_NOT_FIT", "head.json is another in " + TUNED);
  }

  @Test
  void aCheckpointWithoutAHeadIsRefused() throws IOException {
    Files.delete(context.artifact(BASE).resolve(Checkpoint.HEAD));
    refused(
        Recipes.spec(wiseFt(0.5)), "CHECKPOINTS_DO_NOT_FIT", "'head.bias' is missing in " + BASE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "tokenizer.json", "preprocessor_config.json"})
  void anotherArchitectureTokenizerOrPreprocessingIsRefused(String file) throws IOException {
    Files.writeString(context.artifact(TUNED).resolve(file), "{\"other\": 1}");
    refused(Recipes.spec(wiseFt(0.5)), "CHECKPOINTS_DO_NOT_FIT", file + " is another in " + TUNED);
    assertThat(context.progress).isEmpty();
  }

  @Test
  void otherTensorsAreRefused() throws IOException {
    SafetensorsWriter.write(
        context.artifact(TUNED).resolve(Checkpoint.MODEL),
        new MemoryTensors().put("v", new float[] {1}, 1),
        Map.of());
    refused(Recipes.spec(wiseFt(0.5)), "CHECKPOINTS_DO_NOT_FIT", "'v' is missing in " + BASE);
    assertThat(context.progress).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aNumberThatIsNotFiniteIsRefusedWithItsPlace(float number) throws IOException {
    TestingCheckpoint.write(context.artifact(TUNED), number);
    refused(
        Recipes.spec(wiseFt(0.5)),
        "CHECKPOINTS_DO_NOT_FIT",
        "is %s at element 0".formatted(number));
  }

  @Test
  void aParentThatIsGoneIsRefused() {
    context.artifacts.remove(TUNED);
    refused(Recipes.spec(wiseFt(0.5)), "NO_SUCH_ARTIFACT", TUNED);
  }

  @Test
  void whatIsNoFisherInformationIsRefused() {
    Recipe fisher = Recipes.fisherMean(Map.of(BASE, TUNED));
    refused(Recipes.spec(fisher), "CHECKPOINTS_DO_NOT_FIT", "give what a FISHER stage has made");
  }

  @Test
  void aRecommendedMeanByInformationIsMadeFromItsSelection() throws IOException {
    fisher("sha256:fisher-of-base", 3);
    fisher("sha256:fisher-of-tuned", 1);
    Path selection = Files.createDirectory(disk.resolve("selection"));
    RecipeFile.write(
        selection,
        Recipes.fisherMean(Map.of(BASE, "sha256:fisher-of-base", TUNED, "sha256:fisher-of-tuned")));
    context.artifacts.put("sha256:selection", selection);

    SortedMap<String, Path> files = context.stored().files(run(selected("sha256:selection")));

    assertThat(floats(files.get(Checkpoint.MODEL), "w")).containsExactly(0.25f, 2.25f);
    // the information is of the model's own tensors: the head is averaged by the weights alone
    assertThat(floats(files.get(Checkpoint.HEAD), "head.bias")).containsExactly(10.5f);
  }

  private void fisher(String artifact, float value) throws IOException {
    Path folder = Files.createDirectory(disk.resolve(artifact.replace(':', '-')));
    SafetensorsWriter.write(
        folder.resolve(FisherDiagonal.FILE),
        new MemoryTensors().put("w", new float[] {value, value}, 2),
        Map.of());
    context.artifacts.put(artifact, folder);
  }

  private static StageSpec selected(String selection) {
    return StageSpec.newBuilder()
        .setAverage(AverageSpec.newBuilder().setSelection(Recipes.input(selection)))
        .build();
  }

  @Test
  void aRecipeOfRecipesIsMade() throws IOException {
    Recipe arc =
        Recipe.newBuilder()
            .setSlerp(
                Recipe.Slerp.newBuilder().setA(Recipes.stored(BASE)).setB(wiseFt(0.5)).setT(0.5))
            .build();

    SortedMap<String, Path> files = averaged(arc);

    assertThat(floats(files.get(Checkpoint.HEAD), "head.bias")).containsExactly(10.25f);
    assertThat(recipe(files)).isEqualTo(arc);
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    Files.write(context.artifact(TUNED).resolve(Checkpoint.MODEL), new byte[] {1, 2, 3});
    refused(Recipes.spec(wiseFt(0.5)), "CHECKPOINTS_DO_NOT_FIT", "only 3 bytes");
  }

  @Test
  void alphaBeyondOneIsRefused() {
    refused(Recipes.spec(wiseFt(1.5)), "BAD_RECIPE", "alpha is 1.5");
  }

  @Test
  void anEmptySpecIsRefused() {
    refused(Recipes.spec(Recipe.getDefaultInstance()), "BAD_RECIPE", "not a recipe");
    refused(
        StageSpec.newBuilder().setAverage(AverageSpec.getDefaultInstance()).build(),
        "BAD_RECIPE",
        "set recipe or selection");
  }

  @Test
  void anUnresolvedStageIsRefused() {
    Recipe unresolved =
        Recipe.newBuilder().setCheckpoint(Input.newBuilder().setStage("train-full")).build();
    refused(Recipes.spec(unresolved), "BAD_RECIPE", "stage");
  }

  private void refused(StageSpec spec, String reason, String complaint) {
    assertThatThrownBy(() -> run(spec))
        .isInstanceOfSatisfying(
            StageException.class,
            e -> {
              assertThat(e.blame()).isEqualTo(Blame.USER);
              assertThat(e.reason()).isEqualTo(reason);
            })
        .hasMessageContaining(complaint);
  }

  private StageOutput run(StageSpec spec) throws IOException {
    return new AverageExecutor().execute(spec, context);
  }

  private SortedMap<String, Path> averaged(Recipe recipe) throws IOException {
    return context.stored().files(run(Recipes.spec(recipe)));
  }

  private static Recipe recipe(SortedMap<String, Path> files) throws IOException {
    Recipe.Builder message = Recipe.newBuilder();
    JsonFormat.parser().merge(Files.readString(files.get(RecipeFile.NAME)), message);
    return message.build();
  }

  private static float[] floats(Path file, String tensor) throws IOException {
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      return open.floats(tensor);
    }
  }

  private static Recipe wiseFt(double alpha) {
    return Recipes.wiseFt(BASE, TUNED, alpha);
  }
}
