package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.TextFormat;
import dev.kedge.stage.Blame;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.StageStopped;
import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.LanguageArchitecture.Family;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.Recipe.Blockwise.Side;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.testing.RecordedOutput;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdaptExecutorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IMAGES =
      "classification {train {dataset {artifact: '%s'} part: %%s %%s} templates: 'a {} thing'}"
          .formatted(SmallBases.PICTURES);
  private static final String ANSWERS =
      "instruction {train {dataset {artifact: '%s'} part: %%s %%s} prompt: '{question}' answer: ' {choices[answer]}'}"
          .formatted(SmallBases.QUESTIONS);
  private static final String CLIP =
      """
      new_clip {image_size: 16 patch_size: 8 vision_width: 16 vision_layers: 2 vision_heads: 2
        text_width: 16 text_layers: 2 text_heads: 2 context_length: 16 projection: 8}
      contrastive {sources {data {dataset {artifact: '%s'} part: ALL} captions: 'a {} thing'}}
      """
          .formatted(SmallBases.PICTURES);
  private static final String SPLIT = "validation_fraction: 0.4";
  private static final String STEPS =
      "epochs: %d batch_size: 4 learning_rate: %s schedule: COSINE precision: F32 seed: 3 threads: 1";

  private SmallBases bases;

  @BeforeAll
  void basesAreTrained(@TempDir Path disk) throws IOException {
    bases = new SmallBases(disk);
  }

  @Test
  void learnsRatios() {
    AdaptExecutor executor =
        new AdaptExecutor(new QuickSettings(), RunMachine.alone(QuickSettings.PLENTY));

    assertThat(executor.kind()).isEqualTo(StageKind.ADAPT);
    assertThat(executor.profile(StageSpec.getDefaultInstance()).values())
        .containsKeys("threads", "libtorch");
  }

  @Test
  void aClassifiersRatiosAreABlockwiseRecipeThatDoesNotLoseToWiseFt() throws IOException {
    StageOutput.NewFiles found = run(images(), bases.context("images"));

    JsonNode search = search(found);
    JsonNode tried = search.path("tried");
    assertThat(tried).hasSize(4);
    assertThat(tried.path(0).path("ratios").path(1).asDouble()).isCloseTo(0.4, within(1e-9));
    JsonNode best = tried.path(search.path("best").asInt());
    assertThat(best.path("mean").asDouble()).isCloseTo(0.4, within(1e-6));
    assertThat(best.path("loss").asDouble()).isLessThan(tried.path(0).path("loss").asDouble());
    assertThat(found.metrics()).containsEntry("loss", best.path("loss").asDouble());

    Recipe.Blockwise recipe = recipe(found).getBlockwise();
    assertThat(recipe.getRatioOf()).isEqualTo(Recipe.Blockwise.Side.TUNED);
    assertThat(recipe.getBase().getCheckpoint()).isEqualTo(images().getBase());
    assertThat(recipe.getTuned().getCheckpoint()).isEqualTo(images().getTuned());
    assertThat(recipe.getRatiosList())
        .containsExactly(
            best.path("ratios").path(0).asDouble(), best.path("ratios").path(1).asDouble());
    assertThat(recipe.getEmbeddings()).isEqualTo(recipe.getRatios(0));
    assertThat(recipe.getNorm()).isEqualTo(recipe.getRatios(1));
    assertThat(recipe.getHead()).isEqualTo(recipe.getRatios(1));
    assertThat((recipe.getRatios(0) + recipe.getRatios(1)) / 2).isCloseTo(0.4, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource(
      value = Family.class,
      names = {"OPT", "GPT2", "QWEN2"})
  void aLanguageModelsRatiosAreLearntToo(Family family) throws IOException {
    StageOutput.NewFiles found = run(answers(family), bases.context("answers"));

    assertThat(found.metrics().get("loss")).isLessThan(found.metrics().get("loss_at_rho"));
  }

  /** With so large steps the ratios end at an edge. */
  @Test
  void theBestRatiosSeenAreTheResultNotTheLast() throws IOException {
    AdaptSpec.Builder wild = images().toBuilder();
    wild.getOptimisationBuilder().setLearningRate(30);

    JsonNode search = search(run(wild.build(), bases.context("wild")));

    double best = search.path("tried").path(search.path("best").asInt()).path("loss").asDouble();
    for (JsonNode look : search.path("tried")) {
      assertThat(look.path("loss").asDouble()).isGreaterThanOrEqualTo(best);
    }
  }

  @Test
  void anInterruptedSearchGoesOnToTheSameFiles() throws IOException {
    TestingContext whole = bases.context("whole");
    Map<String, Path> undisturbed = run(images(), whole).files();
    TestingContext stopped = bases.context("stopped");
    int perPass = steps(whole) / 3;
    stopped.stopWhen(() -> steps(stopped) == perPass + 1);
    assertThatThrownBy(() -> run(images(), stopped)).isInstanceOf(StageStopped.class);

    TestingContext next = stopped.next(bases.context("next").scratch());
    Map<String, Path> resumed = run(images(), next).files();

    assertThat(steps(next)).as("from where it was stopped on").isEqualTo(2 * perPass - 1);
    undisturbed.forEach((name, file) -> assertThat(resumed.get(name)).hasSameBinaryContentAs(file));
  }

  @Test
  void aLookIsStoppedAtItsNextBatch() throws IOException {
    Map<String, Path> undisturbed = run(images(), bases.context("calm")).files();
    TestingContext stopped = bases.context("looking");
    AtomicInteger asked = new AtomicInteger();
    stopped.stopWhen(() -> asked.incrementAndGet() == 2);
    assertThatThrownBy(() -> run(images(), stopped)).isInstanceOf(StageStopped.class);

    assertThat(steps(stopped)).isZero();
    TestingContext next = stopped.next(bases.context("looked").scratch());
    Map<String, Path> resumed = run(images(), next).files();
    undisturbed.forEach((name, file) -> assertThat(resumed.get(name)).hasSameBinaryContentAs(file));
  }

  /** The base has two layers in its image tower. */
  @Test
  void withoutANumberThereAreAsManyBlocksAsLayersButAtMostThree() throws IOException {
    StageOutput.NewFiles found =
        run(images().toBuilder().clearBlocks().build(), bases.context("default"));

    assertThat(recipe(found).getBlockwise().getRatiosList()).hasSize(2);
  }

  @Test
  void someTensorsAreMixedAndAllOthersAreOneModels() throws IOException {
    AdaptSpec.Builder some = images().toBuilder().addInclude("*.mlp.*").addExclude("*.bias");
    StageOutput.NewFiles ofBase = run(some.setOtherwise(Side.BASE).build(), bases.context("b"));
    StageOutput.NewFiles ofTuned = run(some.setOtherwise(Side.TUNED).build(), bases.context("t"));
    StageOutput.NewFiles ofAll = run(images(), bases.context("all"));

    Recipe.ByName recipe = recipe(ofBase).getByName();
    assertThat(recipe.getOtherwise().getCheckpoint()).isEqualTo(images().getBase());
    assertThat(recipe.getRules(0).getIncludeList()).containsExactly("*.mlp.*");
    assertThat(recipe.getRules(0).getExcludeList()).containsExactly("*.bias");
    assertThat(recipe.getRules(0).getRecipe().getBlockwise().getRatiosCount()).isEqualTo(2);
    assertThat(recipe(ofTuned).getByName().getOtherwise().getCheckpoint())
        .isEqualTo(images().getTuned());
    assertThat(Stream.of(ofBase, ofTuned, ofAll).map(AdaptExecutorTest::lossAtRho))
        .doesNotHaveDuplicates();
    assertThat(lossAtRho(ofTuned)).as("the others have learnt").isLessThan(lossAtRho(ofBase));

    AdaptSpec named = images().toBuilder().addInclude("*").setOtherwise(Side.BASE).build();
    assertThat(lossAtRho(run(named, bases.context("named")))).isEqualTo(lossAtRho(ofAll));
  }

  private static double lossAtRho(StageOutput.NewFiles found) {
    return found.metrics().get("loss_at_rho");
  }

  @Test
  void ofTooLittleMemoryItSaysWhatCanBeDoneAboutASearch() throws IOException {
    TestingContext context = bases.context("cramped");
    StageSpec spec = StageSpec.newBuilder().setAdapt(images()).build();
    AdaptExecutor cramped =
        new AdaptExecutor(new QuickSettings(), RunMachine.alone(new MemoryLimits(1000, 1)));

    assertThatThrownBy(() -> cramped.execute(spec, context))
        .hasMessageContaining("moved weights and their anchor")
        .hasMessageContaining("differences of the two models")
        .hasMessageContaining("recompute, a smaller batch_size need less")
        .hasMessageNotContainingAny("lora", "BF16", "heap", "moments", "all weights");
  }

  @Test
  void whatIsComputedIsWhatItsAlgorithmVersionComputes() throws IOException {
    new RecordedOutput(StageKind.ADAPT, "images")
        .requireUnchanged(run(images(), bases.context("recorded")).files());
  }

  @Test
  void mistakesNameTheirPlaceAndBlameTheUser() throws IOException {
    refused(images().toBuilder().setRho(1.5), "rho must be between 0 and 1, not 1.5");
    refused(images().toBuilder().setBlocks(3), "3 ratios for the");
    refused(images().toBuilder().setBlocks(0), "blocks must be at least 1");
    refused(images().toBuilder().clearClassification(), "the ADAPT stage has no task");
    AdaptSpec.Builder misspelt = images().toBuilder().addInclude("*.mpl.*");
    refused(misspelt.setOtherwise(Side.BASE), "no tensor's name fits include [*.mpl.*]");
    refused(images().toBuilder().addExclude("*.bias"), "otherwise is not set");
    AdaptSpec.Builder headless = images().toBuilder();
    headless.getTunedBuilder().setArtifact(clip());
    refused(headless, "has no head, but the task has a LINEAR head of the classes");
    AdaptSpec.Builder never = images().toBuilder();
    never.getOptimisationBuilder().setEpochs(0);
    refused(never, "optimisation.epochs must be at least 1");
  }

  private void refused(AdaptSpec.Builder spec, String complaint) throws IOException {
    TestingContext context = bases.context("refused");
    assertThatThrownBy(() -> run(spec.build(), context))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining(complaint);
  }

  /** A zero-shot head and a tuned classifier, and data that neither has seen. */
  private AdaptSpec images() throws IOException {
    String clip = clip();
    String base = trained("zero", clip, IMAGES.formatted("ALL", ""), "zero_shot {}");
    String tuned = trained("tuned", clip, IMAGES.formatted("TRAINING", SPLIT), "full {}");
    return spec(base, tuned, IMAGES);
  }

  private String clip() throws IOException {
    String spec =
        CLIP + "optimisation {%s} method {full {}}".formatted(STEPS.formatted(1, "0.003"));
    return bases.trained("clip-of-two", TextFormat.parse(spec, TrainSpec.class));
  }

  private AdaptSpec answers(Family family) throws IOException {
    String base = bases.language(family);
    String tuned =
        trained("tuned-" + family, base, ANSWERS.formatted("TRAINING", SPLIT), "full {}");
    return spec(base, tuned, ANSWERS);
  }

  private String trained(String name, String base, String task, String method) throws IOException {
    String text =
        "base {artifact: '%s'} %s optimisation {%s} method {%s}"
            .formatted(base, task, STEPS.formatted(6, "0.003"), method);
    return bases.trained(name, TextFormat.parse(text, TrainSpec.class));
  }

  private static AdaptSpec spec(String base, String tuned, String task) throws IOException {
    return parse(
        "base {artifact: '%s'} tuned {artifact: '%s'} %s optimisation {%s} rho: 0.4 blocks: 2"
            .formatted(
                base, tuned, task.formatted("VALIDATION", SPLIT), STEPS.formatted(3, "0.3")));
  }

  private static AdaptSpec parse(String text) throws TextFormat.ParseException {
    return TextFormat.parse(text, AdaptSpec.class);
  }

  private static int steps(TestingContext context) {
    return (int) context.progress.stream().filter(each -> each.getUnit().equals("steps")).count();
  }

  private static StageOutput.NewFiles run(AdaptSpec spec, TestingContext context)
      throws IOException {
    StageOutput.NewFiles found =
        (StageOutput.NewFiles)
            new AdaptExecutor(new QuickSettings(), RunMachine.alone(QuickSettings.PLENTY))
                .execute(StageSpec.newBuilder().setAdapt(spec).build(), context);
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
