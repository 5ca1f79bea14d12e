package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.v1.ExperimentSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaseAloneTest {
  private static final String PICTURES =
      """
      {"base": "models/clip-base", "evaluations": [
        {"id": "photo", "dataset": "datasets/photo", "role": "GENERALITY"},
        {"id": "art", "dataset": "datasets/art", "role": "GENERALITY"}]}
      """;

  private static final String TEXTS =
      """
      {"base": "models/opt", "evaluations": [
        {"id": "wiki", "dataset": "datasets/wiki", "role": "GENERALITY", "language": {}}]}
      """;

  @Test
  void aBaseIsTestedWithoutAnythingBeingLearntOrCompared() {
    Plan plan = plan(PICTURES, pictures());

    assertThat(plan.stages())
        .extracting(PlannedStage::id)
        .containsExactly("prepare-photo", "prepare-art", "evaluate-base", "report");
    assertThat(plan.stage("evaluate-base").spec().getEvaluate().getCandidatesList())
        .singleElement()
        .satisfies(
            base ->
                assertThat(base.getRecipe().getCheckpoint().getArtifact())
                    .isEqualTo("sha256:models/clip-base"));
    assertThat(plan.stage("report").spec().getReport().hasOverlap()).isFalse();
    PlanState begun = new PlanState(java.util.Map.of(), java.util.Set.of(), java.util.Map.of());
    assertThat(plan.stages()).filteredOn(begun::isReady).hasSize(2);
    assertThat(plan.stages()).noneMatch(begun::isLost);
  }

  @Test
  void aLanguageModelIsTestedLikewise() {
    assertThat(problems(TEXTS, texts())).isEmpty();
    assertThat(plan(TEXTS, texts()).stages())
        .extracting(PlannedStage::id)
        .containsExactly("prepare-wiki", "evaluate-base", "report");
  }

  @Test
  void testsFitTheBasesFamily() {
    FixedCatalog clip = texts();
    clip.addModel("models/opt", "clip");
    assertThat(problems(TEXTS, clip)).containsExactly("base");
    FixedCatalog language = pictures();
    language.addModel("models/clip-base", "opt");
    assertThat(problems(PICTURES, language)).containsExactly("evaluations[0].language");
  }

  @Test
  void recordsWithoutASuiteLackOne() {
    String bare = TEXTS.replace(", \"language\": {}", "");
    FixedCatalog records = texts();
    records.addTexts("datasets/wiki", PrepareSpec.Format.RECORDS, "question");
    assertThat(ExperimentRules.check(Files.parse(bare), records))
        .singleElement()
        .asString()
        .startsWith("evaluations[0].language: missing: a test of texts says what is scored")
        .contains("SUITE=DATASET for `kedge eval`");
  }

  @Test
  void thereIsNothingToChooseFrom() {
    String selecting =
        PICTURES.replace("\"datasets/art\",", "\"datasets/art\", \"use\": \"SELECT\",");
    assertThat(problems(selecting, pictures())).contains("evaluations[1].use");
  }

  @Test
  void whoGivesATaskMeansToLearnAndLacksMethods() {
    String task =
        PICTURES.replace(
            "\"evaluations\"",
            "\"task\": {\"image_classification\": {\"train\": \"datasets/train\"}},"
                + " \"training\": {\"epochs\": 1, \"learning_rate\": [1]}, \"evaluations\"");
    FixedCatalog catalog = pictures();
    catalog.add("datasets/train", "sha256:t", List.of("cat", "dog"));
    assertThat(problems(task, catalog)).containsExactly("methods");
  }

  private static Plan plan(String json, FixedCatalog catalog) {
    return Planner.plan("title", Files.parse(json), catalog.resolution());
  }

  private static List<String> problems(String json, FixedCatalog catalog) {
    return ExperimentRules.check(Files.parse(json), catalog).stream().map(Problem::path).toList();
  }

  private static FixedCatalog pictures() {
    ExperimentSpec spec = Files.parse(PICTURES);
    return FixedCatalog.of(spec);
  }

  private static FixedCatalog texts() {
    var catalog = new FixedCatalog();
    catalog.addModel("models/opt", "opt");
    catalog.addTexts("datasets/wiki", PrepareSpec.Format.TEXT, "text");
    return catalog;
  }
}
