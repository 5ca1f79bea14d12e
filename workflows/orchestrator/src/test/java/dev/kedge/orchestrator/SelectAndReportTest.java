package dev.kedge.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.report.OverlapNotes;
import dev.kedge.stage.Blame;
import dev.kedge.stage.CommittedStage;
import dev.kedge.stage.Lineage;
import dev.kedge.stage.RecipeFile;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.ReportSpec;
import dev.kedge.stage.v1.SelectSpec;
import dev.kedge.stage.v1.SelectionRule;
import dev.kedge.stage.v1.StageKind;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.testing.TestingContext;
import dev.kedge.v1.Importance;
import dev.kedge.v1.Report;
import dev.kedge.v1.Search;
import dev.kedge.v1.StageCosts;
import dev.kedge.v1.TradeOffPoint;
import dev.kedge.v1.WithoutOverlap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectAndReportTest {
  private static final String SELECTION = "sha256:selection";
  private static final String OVERLAP = "sha256:overlap";
  private static final String FISHER = "sha256:fisher";
  private static final String RECOMMENDED = "sha256:" + "ab".repeat(32);

  @TempDir Path disk;
  private TestingContext context;

  @BeforeEach
  void aStage() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
  }

  @Test
  void eachComputesItsKind() {
    assertThat(new SelectExecutor().kind()).isEqualTo(StageKind.SELECT);
    assertThat(new ReportExecutor().kind()).isEqualTo(StageKind.REPORT);
  }

  @Test
  void theMostGeneralNearTheBestSpecialityIsSelectedWithItsRecipe() throws IOException {
    StageOutput.NewFiles selection = select(SyntheticStudy.whole(context, disk, true), 1);

    assertThat(selection.artifactKind()).isEqualTo("selection");
    assertThat(selection.files()).containsOnlyKeys("recipe.json", "selection.json");
    assertThat(selection.files().get("selection.json"))
        .content()
        .contains("\"candidate\" : \"full-wise\"", "\"rule\"", "\"notes\"");
    Recipe.Builder recipe = Recipe.newBuilder();
    JsonFormat.parser().merge(Files.readString(selection.files().get("recipe.json")), recipe);
    assertThat(recipe.build()).isEqualTo(SyntheticStudy.half());
  }

  @Test
  void aSelectionTellsAFoundRecipeInFull() throws IOException {
    Path search = Files.createDirectory(disk.resolve("search"));
    RecipeFile.write(search, SyntheticStudy.half());
    context.artifacts.put("sha256:search", search);
    Study.Builder study = SyntheticStudy.whole(context, disk, true).toBuilder();
    study
        .getPointsBuilderList()
        .forEach(
            point ->
                point.setRecipe(
                    Recipe.newBuilder().setFound(SyntheticStudy.artifact("sha256:search"))));

    StageOutput.NewFiles selection = select(study.build(), 1);

    assertThat(RecipeFile.read(selection.files().get(RecipeFile.NAME).getParent()))
        .isEqualTo(SyntheticStudy.half());
  }

  @Test
  void aToleranceThatLetsTheBaseInSelectsIt() throws IOException {
    assertThat(select(SyntheticStudy.whole(context, disk, true), 40).files().get("selection.json"))
        .content()
        .contains("\"candidate\" : \"base\"");
  }

  @Test
  void theReportCarriesTheChoiceTheNumbersAndTheirOrigin() throws IOException {
    Study study = SyntheticStudy.whole(context, disk, true);
    select(study, 1);
    context.artifacts.put(SELECTION, context.scratch());

    StageOutput.NewFiles output = report(study, true);

    Report report = message(output);
    assertThat(report.getTitle()).isEqualTo("A title");
    assertThat(report.getRecommended()).isEqualTo("full-wise");
    assertThat(report.getRecommendedCheckpoint())
        .isEqualTo("projects/default/checkpoints/" + "ab".repeat(32));
    assertThat(report.getReference()).isEqualTo("full");
    assertThat(report.getPointsList())
        .extracting(TradeOffPoint::getLabel)
        .containsExactly("base", "full-wise", "full");
    TradeOffPoint wise = report.getPoints(1);
    assertThat(wise.getSpeciality().getValue()).isEqualTo(0.9);
    assertThat(wise.getGenerality().getValue()).isEqualTo(0.75);
    assertThat(wise.getComputeSeconds())
        .as("its evaluation does not count")
        .isEqualTo(SyntheticStudy.STAGE_SECONDS);
    assertThat(report.getLineageMap())
        .containsEntry("training of full", "stage train-full, artifact sha256:full")
        .containsEntry(
            "evaluation of full-wise",
            "stage evaluate-full-wise, artifact sha256:evaluation-full-wise")
        .containsEntry("data of suite art", "sha256:data-art")
        .containsEntry(
            "data of training",
            "TRAINING of sha256:photo-train, validation fraction 0.1, split seed 0")
        .containsEntry("base", "sha256:imported")
        .containsEntry("numerics profile", "{threads=2}")
        .containsEntry("kedge version", "0.1.0")
        .containsEntry("exact", "true")
        .containsEntry("selection", "artifact " + SELECTION)
        .containsEntry("report", "stage " + TestingContext.KEY)
        .doesNotContainKey("training of full-wise");
    assertThat(output.files().get("report.html")).content().contains("A title", "full-wise");
  }

  @Test
  void withoutSelectDataTheReportSaysThatNothingWasChosen() throws IOException {
    Report report = message(report(SyntheticStudy.whole(context, disk, false), false));

    assertThat(report.getRecommended()).isEqualTo("full");
    assertThat(report.getRule()).contains("not chosen");
    assertThat(report.getRecommendedCheckpoint()).isEmpty();
    assertThat(report.getLineageMap()).doesNotContainKeys("selection", "recommended checkpoint");
  }

  @Test
  void whereSelectWasSkippedNothingIsRecommendedInItsPlace() throws IOException {
    StageOutput.NewFiles output = report(SyntheticStudy.whole(context, disk, true), false);

    Report report = message(output);
    assertThat(report.getRecommended()).isEmpty();
    assertThat(report.getRecommendedCheckpoint()).isEmpty();
    assertThat(report.getNotesList()).anyMatch(note -> note.contains("SELECT stage was skipped"));
    assertThat(output.files().get("report.html")).content().contains("Nothing is recommended.");
  }

  @Test
  void aLanguageModelIsChosenByFewestBitsAndReportedInThem() throws IOException {
    Study study = SyntheticStudy.ofLanguage(context, disk);
    select(study, 2);
    context.artifacts.put(SELECTION, context.scratch());

    Report report = message(report(study, true));
    assertThat(report.getRecommended()).isEqualTo("full-wise");
    assertThat(report.getRule()).contains("within 2.0 hundredths of a bit per byte");
    assertThat(report.getSpecialityScale().getUnit()).isEqualTo("bits per byte");
    assertThat(report.getPoints(1).getGenerality().getValue()).isCloseTo(1.7, within(1e-12));
    assertThat(report.getLineageMap())
        .containsEntry(
            "data of training",
            "TRAINING of sha256:photo-train, validation fraction 0.1, split seed 0");
  }

  @Test
  void equalEvidenceGivesEqualBytes() throws IOException {
    Study study = SyntheticStudy.whole(context, disk, false);
    byte[] first = Files.readAllBytes(report(study, false).files().get("report.json"));
    byte[] again = Files.readAllBytes(report(study, false).files().get("report.json"));
    assertThat(again).isEqualTo(first);
  }

  @Test
  void anEvaluationWithoutTheCandidateIsRefused() throws IOException {
    Study.Builder study = SyntheticStudy.whole(context, disk, true).toBuilder();
    study.getPointsBuilder(1).setEvaluation(Producer.newBuilder().setKey("evaluate-base"));

    assertThatThrownBy(() -> select(study.build(), 1))
        .isInstanceOfSatisfying(
            StageException.class, e -> assertThat(e.blame()).isEqualTo(Blame.USER))
        .hasMessageContaining("no predictions of 'full' on");
  }

  @Test
  void anArtifactThatIsNoSelectionIsRefused() throws IOException {
    Study study = SyntheticStudy.whole(context, disk, true);
    context.artifacts.put(SELECTION, Files.createDirectory(disk.resolve("empty")));

    assertThatThrownBy(() -> report(study, true))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("give the artifact of a SELECT stage");
  }

  @Test
  void whatATestSharesIsNotedAndResultsAreGivenWithoutItToo() throws IOException {
    // Of photo's 400 samples the base has every hundred's first 60 right, full and wise 90.
    String samples =
        IntStream.range(0, 400)
            .filter(i -> i > 0 && i % 100 < 60)
            .mapToObj(i -> "\"s%d\"".formatted(i))
            .collect(Collectors.joining(","));
    StageOutput output =
        reportOf(
            """
            {"between": [{"tested": "photo", "purpose": "REPORT", "other": "train",
              "otherPurpose": "TRAINING", "allowed": true,
              "exact": {"count": 1, "samples": ["s0"], "examples": [{"sample": "s0", "other": "t9"}]},
              "near": {"count": 239, "samples": [%s], "examples": [{"sample": "s1", "other": "t1"}]}}]}
            """
                .formatted(samples));

    Report told = message((StageOutput.NewFiles) output);
    assertThat(told.getNotesList())
        .contains(
            "'photo' shares samples with the training data ('train'): 1 exactly, 239 nearly, for example s0"
                + " (there t9). Look at the results without them too.")
        .doesNotContain(OverlapNotes.NOT_COMPARED);
    WithoutOverlap without = told.getWithoutOverlap();
    assertThat(without.getSuitesList())
        .singleElement()
        .returns(1, WithoutOverlap.Suite::getExact)
        .returns(239, WithoutOverlap.Suite::getNear)
        .returns(160, WithoutOverlap.Suite::getSamples);
    assertThat(without.getPointsList())
        .extracting(point -> point.getLabel(), point -> point.getSuites(0).getValue())
        .containsExactly(tuple("base", 0.0), tuple("full-wise", 0.75), tuple("full", 0.75));
    assertThat(((StageOutput.NewFiles) output).files().get("report.html"))
        .content()
        .contains("Without shared samples", "photo, the other 160");
  }

  @Test
  void sharedSamplesThatWereNeverTestedAreNoneOfTheReports() throws IOException {
    String none =
        """
        {"count": 1, "samples": ["other/0.png"], "examples": [{"sample": "other/0.png", "other": "t"}]}""";
    StageOutput output =
        reportOf(
            """
            {"between": [
              {"tested": "photo", "other": "train", "otherPurpose": "TRAINING", "exact": %s,
               "near": {"count": 2, "samples": ["other/1.png", "s7"],
                 "examples": [{"sample": "other/1.png", "other": "t"}]}},
              {"tested": "art", "other": "train", "otherPurpose": "TRAINING", "near": %s}]}
            """
                .formatted(none, none));

    Report told = message((StageOutput.NewFiles) output);
    assertThat(told.getNotesList())
        .contains(
            "'photo' shares samples with the training data ('train'): 0 exactly, 1 nearly, for example s7."
                + " Look at the results without them too.")
        .noneMatch(note -> note.startsWith("'art' shares"));
    assertThat(told.getWithoutOverlap().getSuitesList())
        .singleElement()
        .returns("photo", WithoutOverlap.Suite::getSuite)
        .returns(0, WithoutOverlap.Suite::getExact)
        .returns(1, WithoutOverlap.Suite::getNear)
        .returns(399, WithoutOverlap.Suite::getSamples);
  }

  private StageOutput reportOf(String overlap) throws IOException {
    Path folder = Files.createDirectory(disk.resolve("overlap"));
    Files.writeString(folder.resolve("overlap.json"), overlap);
    context.artifacts.put(OVERLAP, folder);
    ReportSpec report =
        ReportSpec.newBuilder()
            .setStudy(SyntheticStudy.whole(context, disk, false))
            .setOverlap(SyntheticStudy.artifact(OVERLAP))
            .build();
    return new ReportExecutor().execute(StageSpec.newBuilder().setReport(report).build(), context);
  }

  @Test
  void whereTheDataWasNotComparedTheReportSaysSo() throws IOException {
    Report report = message(report(SyntheticStudy.whole(context, disk, false), false));
    assertThat(report.getNotesList()).contains(OverlapNotes.NOT_COMPARED);
    assertThat(report.hasWithoutOverlap()).isFalse();
  }

  @Test
  void theImportanceOfEachPartReachesTheReport() throws IOException {
    Path fisher = Files.createDirectory(disk.resolve("fisher"));
    Files.writeString(
        fisher.resolve("importance.json"),
        "{\"samples\": 7, \"parts\": [{\"kind\": \"mlp\", \"block\": 0, \"weights\": \"2\", \"sum\": 3.0}]}");
    context.artifacts.put(FISHER, fisher);
    Study study = SyntheticStudy.whole(context, disk, false);
    ReportSpec.Builder report = ReportSpec.newBuilder().setStudy(study).setTitle("A title");
    report
        .addImportancesBuilder()
        .setLabel("fisher-sample")
        .setFisher(SyntheticStudy.artifact(FISHER));
    StageOutput output =
        new ReportExecutor().execute(StageSpec.newBuilder().setReport(report).build(), context);

    assertThat(message((StageOutput.NewFiles) output).getImportancesList())
        .singleElement()
        .returns("fisher-sample", Importance::getLabel)
        .returns(7, Importance::getSamples)
        .returns(3.0, importance -> importance.getParts(0).getSum());
  }

  @Test
  void whatATrainingNeededIsAPartOfTheCostAndOfTheLineage() throws IOException {
    Study.Builder study = SyntheticStudy.whole(context, disk, false).toBuilder();
    Lineage lineage =
        SyntheticStudy.lineage(
            StageSpec.newBuilder().setFisher(FisherSpec.getDefaultInstance()).build());
    context.stages.put("fisher", new CommittedStage("fisher", FISHER, 7, Map.of(), lineage));
    for (int i = 0; i < 2; i++) {
      String shard = "shard-" + i;
      context.stages.put(shard, new CommittedStage(shard, FISHER, 20 + i, Map.of(), lineage));
    }
    study
        .addNeeded(needed("train-full", "fisher"))
        .addNeeded(needed("fisher", "shard-0", "shard-1"))
        .addNeeded(needed("shard-0", "train-base"))
        .addNeeded(needed("shard-1", "train-base"))
        .addNeeded(needed("shard-1", "train-base"));

    Report report = message(report(study.build(), false));

    assertThat(report.getPointsList())
        .filteredOn(point -> point.getLabel().equals("full"))
        .singleElement()
        .returns(2 * SyntheticStudy.STAGE_SECONDS + 7 + 20 + 21, TradeOffPoint::getComputeSeconds);
    assertThat(report.getCostsList())
        .as("each stage once, also where two points share it")
        .extracting(StageCosts::getKind, StageCosts::getStages, StageCosts::getComputeSeconds)
        .containsExactly(
            tuple("TRAIN", 2, 2 * SyntheticStudy.STAGE_SECONDS),
            tuple("FISHER", 3, 7.0 + 20 + 21),
            tuple("EVALUATE", 3, 3 * SyntheticStudy.STAGE_SECONDS));
    assertThat(report.getLineageMap())
        .containsEntry(
            "needed by full",
            Stream.of("fisher", "shard-0", "shard-1")
                .map(key -> "stage %s, artifact %s".formatted(key, FISHER))
                .collect(Collectors.joining("; ")));
  }

  private static Study.Needed needed(String of, String... needs) {
    Study.Needed.Builder needed = Study.Needed.newBuilder().setOf(Producer.newBuilder().setKey(of));
    Stream.of(needs).forEach(need -> needed.addNeedsBuilder().setKey(need));
    return needed.build();
  }

  @Test
  void whatTheSearchesTriedReachesTheReport() throws IOException {
    search(
        "sha256:ratios",
        """
        {"search": "adaptive", "unit": "nats", "lower_is_better": true, "rho": 0.5, "best": 1,
         "tried": [{"pass": 0, "ratios": [0.5, 0.5], "loss": 0.9, "mean": 0.5},
                   {"pass": 1, "ratios": [0.25, 0.75], "loss": 0.8, "mean": 0.5}]}""");
    search(
        "sha256:soup",
        """
        {"search": "greedy_soup", "unit": "share", "lower_is_better": false,
         "candidates": [{"id": "a", "score": 0.7}],
         "tried": [{"members": ["a"], "score": 0.7, "kept": true},
                   {"members": ["a", "b"], "score": 0.6, "kept": false}]}""");
    Study.Builder study = SyntheticStudy.whole(context, disk, false).toBuilder();
    study.getPointsBuilder(0).setRecipe(found("sha256:ratios"));
    study.getPointsBuilder(1).setRecipe(found("sha256:soup"));
    study.getPointsBuilder(2).setRecipe(found("sha256:soup"));

    StageOutput.NewFiles output = report(study.build(), false);

    List<Search> searches = message(output).getSearchesList();
    assertThat(searches).hasSize(2);
    assertThat(searches.get(0).getTrialsList())
        .extracting(Search.Trial::getTried, Search.Trial::getScore, Search.Trial::getKept)
        .containsExactly(tuple("0.500 · 0.500", 0.9, false), tuple("0.250 · 0.750", 0.8, true));
    assertThat(searches.get(1).getTrialsList())
        .extracting(Search.Trial::getTried, Search.Trial::getScore, Search.Trial::getKept)
        .containsExactly(tuple("a", 0.7, true), tuple("a + b", 0.6, false));
    assertThat(output.files().get("report.html"))
        .content()
        .contains("What the searches tried", "greedy soup, by share, more is better", "0.6000");
  }

  private static Recipe found(String artifact) {
    return Recipe.newBuilder().setFound(SyntheticStudy.artifact(artifact)).build();
  }

  private void search(String artifact, String json) throws IOException {
    Path folder = Files.createDirectory(disk.resolve(artifact.substring(7)));
    Files.writeString(folder.resolve("search.json"), json);
    context.artifacts.put(artifact, folder);
  }

  private StageOutput.NewFiles select(Study study, double within) throws IOException {
    SelectSpec select =
        SelectSpec.newBuilder()
            .setStudy(study)
            .setRule(SelectionRule.newBuilder().setWithinPointsOfBestSpeciality(within))
            .build();
    return (StageOutput.NewFiles)
        new SelectExecutor().execute(StageSpec.newBuilder().setSelect(select).build(), context);
  }

  private StageOutput.NewFiles report(Study study, boolean selected) throws IOException {
    ReportSpec.Builder report =
        ReportSpec.newBuilder().setStudy(study).setTitle("A title").setBootstrapSeed(1);
    if (selected) {
      report
          .setSelection(SyntheticStudy.artifact(SELECTION))
          .setRecommended(SyntheticStudy.artifact(RECOMMENDED));
    }
    return (StageOutput.NewFiles)
        new ReportExecutor().execute(StageSpec.newBuilder().setReport(report).build(), context);
  }

  private static Report message(StageOutput.NewFiles output) throws IOException {
    assertThat(output.files()).containsOnlyKeys("report.html", "report.json");
    Report.Builder report = Report.newBuilder();
    JsonFormat.parser().merge(Files.readString(output.files().get("report.json")), report);
    return report.build();
  }
}
