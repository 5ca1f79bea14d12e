package dev.kedge.evaluation;

import static dev.kedge.evaluation.Specs.candidate;
import static dev.kedge.evaluation.Specs.evaluate;
import static dev.kedge.evaluation.Specs.stage;
import static dev.kedge.evaluation.Specs.stored;
import static dev.kedge.evaluation.Specs.suite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.train.HeadForm;
import dev.kedge.stage.Blame;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Measure;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.SoupSpec;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A teacher has named the pictures, so it is right about all of them; its near twins are nearly
 * right, and its opposite, with a head of large negated rows, ruins whatever it is mixed with.
 */
class SoupExecutorTest {
  private static final List<String> COLOURS = List.of("blue", "green", "red");
  private static final String PICTURES = "sha256:pictures";
  private static final String TEACHER = "sha256:teacher";
  private static final String TWIN = "sha256:twin";
  private static final String OPPOSITE = "sha256:opposite";
  private static final int PICTURE_COUNT = 90;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path disk;
  private TestingContext context;

  @BeforeEach
  void aTeacherItsTwinAndItsOpposite() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    Path random = TinyClip.write(disk.resolve("random"), 1, COLOURS);
    NamedPictures pictures = NamedPictures.by(random, COLOURS, disk, PICTURE_COUNT);
    context.artifacts.put(PICTURES, pictures.prepared());
    context.artifacts.put(TEACHER, model("teacher", pictures.usual(), value -> value));
    context.artifacts.put(
        TWIN, model("twin", pictures.usual(), value -> value + 0.005 * Math.sin(97 * value)));
    context.artifacts.put(OPPOSITE, model("opposite", pictures.usual(), value -> -5 * value));
  }

  /** The same image tower under a changed head. */
  private Path model(String name, List<Float> usual, DoubleUnaryOperator change)
      throws IOException {
    Path folder = TinyClip.write(disk.resolve(name), 1, COLOURS);
    MemoryTensors head = new MemoryTensors();
    try (Checkpoint random = Checkpoint.open(folder)) {
      head.put(HeadForm.ROWS, changed(random.floats(HeadForm.ROWS), change), 3, 16);
      float[] bias = random.floats(HeadForm.BIAS);
      for (int i = 0; i < bias.length; i++) {
        bias[i] -= usual.get(i);
      }
      head.put(HeadForm.BIAS, changed(bias, change), 3);
    }
    SafetensorsWriter.write(folder.resolve(Checkpoint.HEAD), head, Map.of());
    return folder;
  }

  private static float[] changed(float[] values, DoubleUnaryOperator change) {
    float[] changed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      changed[i] = (float) change.applyAsDouble(values[i]);
    }
    return changed;
  }

  @Test
  void searches() {
    assertThat(new SoupExecutor().kind()).isEqualTo(StageKind.SOUP);
    assertThat(new SoupExecutor().profile(StageSpec.getDefaultInstance()).values())
        .containsKeys("threads", "libtorch", "micro_batch");
  }

  @Test
  void aMemberThatHurtsIsGivenUpAndTheOthersAreTheSoup() throws IOException {
    StageOutput.NewFiles found = run(soup(OPPOSITE, TWIN, TEACHER), context);

    JsonNode search = search(found);
    assertThat(search.path("candidates").findValuesAsText("id"))
        .as("best first")
        .containsExactly("teacher", "twin", "opposite");
    assertThat(search.path("candidates").path(0).path("score").asDouble()).isEqualTo(1);
    assertThat(search.path("candidates").path(2).path("score").asDouble()).isLessThan(0.5);
    JsonNode last = search.path("tried").path(2);
    assertThat(last.path("members")).hasSize(3);
    assertThat(last.path("kept").asBoolean()).isFalse();
    assertThat(recipe(found)).isEqualTo(mean(TEACHER, TWIN));
  }

  @Test
  void theMeanOfEqualModelsIsNotWorseSoBothStay() throws IOException {
    context.artifacts.put("sha256:copy", context.artifact(TEACHER));

    StageOutput.NewFiles found = run(soup(TEACHER, "sha256:copy"), context);

    assertThat(recipe(found)).isEqualTo(mean(TEACHER, "sha256:copy"));
    assertThat(found.metrics()).containsEntry("score", 1.0).containsEntry("members", 2.0);
  }

  @Test
  void aScoreIsWhatTheEvaluationOfTheSameSoupSays() throws IOException {
    JsonNode tried = search(run(soup(TEACHER, TWIN, OPPOSITE), context)).path("tried");

    EvaluateSpec.Builder same =
        evaluate(suite("validation", PICTURES))
            .addCandidates(candidate("three", mean(TEACHER, TWIN, OPPOSITE)));
    StageOutput.NewFiles evaluated =
        (StageOutput.NewFiles) new EvaluateExecutor().execute(stage(same), fresh());
    assertThat(tried.path(2).path("members")).hasSize(3);
    assertThat(tried.path(2).path("score").asDouble())
        .isEqualTo(evaluated.metrics().get("accuracy validation"));
  }

  @Test
  void whatIsFoundIsEvaluatedAsTheRecipeItself() throws IOException {
    StageOutput.NewFiles found = run(soup(TEACHER, TWIN), context);
    context.artifacts.put("sha256:found", found.files().get(RecipeFile.NAME).getParent());
    Recipe reference =
        Recipe.newBuilder().setFound(Input.newBuilder().setArtifact("sha256:found")).build();

    StageOutput.NewFiles output =
        (StageOutput.NewFiles)
            new EvaluateExecutor()
                .execute(
                    stage(
                        evaluate(suite("validation", PICTURES))
                            .addCandidates(candidate("found", reference))
                            .addCandidates(candidate("itself", recipe(found)))),
                    context);

    assertThat(output.files().get("validation/found.jsonl"))
        .hasSameBinaryContentAs(output.files().get("validation/itself.jsonl"));
  }

  @Test
  void anArtifactThatIsNoRecipeIsRefused() {
    Recipe reference =
        Recipe.newBuilder().setFound(Input.newBuilder().setArtifact(TEACHER)).build();
    EvaluateSpec.Builder spec =
        evaluate(suite("validation", PICTURES)).addCandidates(candidate("found", reference));

    assertThatThrownBy(() -> new EvaluateExecutor().execute(stage(spec), context))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("sha256:teacher is no recipe: it has no recipe.json");
  }

  @Test
  void anInterruptedSearchGoesOnWithWhatItHasToTheSameFiles() throws IOException {
    StageSpec spec = soup(OPPOSITE, TWIN, TEACHER);
    Map<String, Path> undisturbed = run(spec, fresh()).files();
    context.stopWhen(() -> context.parts.size() == 4);
    assertThatThrownBy(() -> run(spec, context)).isInstanceOf(StageStopped.class);

    TestingContext later = context.next(context.scratch());
    Map<String, Path> resumed = run(spec, later).files();

    assertThat(later.done()).as("the last soup alone").isEqualTo(PICTURE_COUNT);
    undisturbed.forEach((name, file) -> assertThat(resumed.get(name)).hasSameBinaryContentAs(file));
  }

  @Test
  void whatIsComputedIsWhatItsAlgorithmVersionComputes() throws IOException {
    new RecordedOutput(StageKind.SOUP, "images")
        .requireUnchanged(run(soup(OPPOSITE, TWIN, TEACHER), context).files());
  }

  @Test
  void mistakesNameTheirPlaceAndBlameTheUser() {
    refused(SoupSpec.newBuilder(), "no candidate");
    refused(soup(TEACHER).getSoup().toBuilder().clearSuites(), "no suite");
    refused(soup(TEACHER).getSoup().toBuilder().setThreads(0), "threads is 0");
    EvaluateSpec.Suite.Builder text = suite("text", PICTURES).toBuilder();
    text.getLanguageBuilder().setMeasure(Measure.BITS_PER_BYTE);
    refused(
        soup(TEACHER).getSoup().toBuilder().addSuites(text),
        "measured in [share, bits per byte], which have no mean");
  }

  private void refused(SoupSpec.Builder soup, String complaint) {
    assertThatThrownBy(() -> run(StageSpec.newBuilder().setSoup(soup).build(), context))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining(complaint);
  }

  private TestingContext fresh() throws IOException {
    TestingContext fresh = new TestingContext(Files.createTempDirectory(disk, "fresh"));
    fresh.artifacts.putAll(context.artifacts);
    return fresh;
  }

  private static StageSpec soup(String... models) {
    SoupSpec.Builder soup =
        SoupSpec.newBuilder().addSuites(suite("validation", PICTURES)).setThreads(1);
    for (String model : models) {
      soup.addCandidates(candidate(model.substring(model.indexOf(':') + 1), stored(model)));
    }
    return StageSpec.newBuilder().setSoup(soup).build();
  }

  private static Recipe mean(String... models) {
    List<Recipe.Linear.Term> terms = new ArrayList<>();
    for (String model : models) {
      terms.add(Recipe.Linear.Term.newBuilder().setRecipe(stored(model)).setWeight(1).build());
    }
    return Recipe.newBuilder()
        .setLinear(Recipe.Linear.newBuilder().addAllTerms(terms).setNormalise(true))
        .build();
  }

  private static StageOutput.NewFiles run(StageSpec spec, TestingContext context)
      throws IOException {
    StageOutput.NewFiles found = (StageOutput.NewFiles) new SoupExecutor().execute(spec, context);
    assertThat(found.artifactKind()).isEqualTo("recipe");
    assertThat(found.files()).containsOnlyKeys("recipe.json", "search.json");
    return found;
  }

  private static JsonNode search(StageOutput.NewFiles found) throws IOException {
    return JSON.readTree(found.files().get("search.json").toFile());
  }

  private static Recipe recipe(StageOutput.NewFiles found) throws IOException {
    return RecipeFile.read(found.files().get(RecipeFile.NAME).getParent());
  }
}
