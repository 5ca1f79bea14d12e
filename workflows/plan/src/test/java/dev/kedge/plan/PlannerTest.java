package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.util.JsonFormat;
import dev.kedge.stage.v1.ClassName;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
  @Test
  void theSmallFileGivesTheGoldenPlan() throws IOException {
    var text = new StringBuilder();
    for (PlannedStage stage : plan(Files.SMALL).stages()) {
      text.append("# ").append(stage.id()).append(" needs ").append(stage.needs()).append('\n');
      text.append(JsonFormat.printer().preservingProtoFieldNames().print(stage.spec()));
      text.append("\n");
    }
    assertThat(text.toString()).isEqualTo(resource("small-plan.txt"));
  }

  @Test
  void everyStageComesAfterThoseThatItNeeds() {
    Set<String> earlier = new HashSet<>();
    for (PlannedStage stage : plan(Files.SMALL).stages()) {
      assertThat(earlier).containsAll(stage.needs());
      earlier.add(stage.id());
    }
  }

  @Test
  void dataIsComparedBeforeAnythingIsLearntFromItAndThatIsNoPartOfAnyKey() {
    Plan plan = plan(Files.SMALL);
    assertThat(plan.stages())
        .filteredOn(stage -> !stage.spec().hasPrepare() && !stage.spec().hasOverlap())
        .allMatch(stage -> stage.after().equals(Set.of("overlap")));
    assertThat(plan.stages())
        .filteredOn(stage -> stage.needs().contains("overlap"))
        .extracting(PlannedStage::id)
        .containsExactly("report");
    assertThat(plan.stage("overlap").after()).isEmpty();
  }

  @Test
  void everySetIsComparedOnceWithWhatItIsFor() {
    String allowing =
        Files.SMALL
            .replace(
                "\"role\": \"SPECIALITY\"",
                "\"role\": \"SPECIALITY\", \"allow_exact_overlap\": true")
            .replace(
                "{\"id\": \"l2\"",
                "{\"id\": \"replay\", \"replay\": {\"fraction\": [0.1], \"calibration\": \"datasets/sample\"}}, {\"id\": \"l2\"");
    OverlapSpec overlap = plan(allowing).stage("overlap").spec().getOverlap();
    assertThat(overlap.getSetsList())
        .extracting(set -> set.getPurpose() + " " + set.getName())
        .containsExactly(
            "TRAINING task.image_classification.train",
            "CALIBRATION methods[1].replay.calibration",
            "REPORT photo",
            "REPORT art",
            "SELECT art-dev");
    assertThat(overlap.getKind()).isEqualTo(OverlapSpec.Kind.PICTURES);
    assertThat(overlap.getAllowedList()).containsExactly("photo");
    assertThat(plan(allowing).stage("train-full-seed0"))
        .isEqualTo(plan(Files.SMALL).stage("train-full-seed0"));
  }

  @Test
  void ofATestOfSomeClassesTheirPicturesAloneAreCompared() {
    String some =
        Files.SMALL.replace(
            "\"role\": \"SPECIALITY\"",
            "\"role\": \"SPECIALITY\", \"classes\": [\"dog\", \"cat\"]");
    assertThat(plan(some).stage("overlap").spec().getOverlap().getSetsList())
        .extracting(set -> set.getName() + " " + set.getClassesList())
        .containsExactly(
            "task.image_classification.train []",
            "methods[2].ewc.calibration []",
            "photo [cat, dog]",
            "art []",
            "art-dev []");
  }

  @Test
  void aRecordThatWasBegunBeforeDataWasComparedKeepsItsPlan() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    Resolution resolution = FixedCatalog.of(spec).resolution();
    Experiment fresh =
        Experiment.newBuilder()
            .setSpec(spec)
            .putAllResolved(resolution.digests())
            .putAllFormats(resolution.formats())
            .build();
    Plan plan = Planner.plan("", spec, resolution);
    assertThat(Planner.plan(fresh)).isEqualTo(plan);
    Stage row = Stage.newBuilder().setId("train-full-seed0").build();
    Experiment older = fresh.toBuilder().addStages(row).build();
    assertThat(Planner.plan(older)).isEqualTo(plan.withoutOverlap());
    Stage compared = Stage.newBuilder().setId("overlap").build();
    assertThat(Planner.plan(older.toBuilder().addStages(compared).build())).isEqualTo(plan);
  }

  @Test
  void aNewModelIsTrainedEvaluatedAndReported() {
    assertThat(ids(plan(Files.CONTRASTIVE)))
        .containsExactly(
            "prepare-photo",
            "prepare-art",
            "prepare-photo-test",
            "overlap",
            "train-full",
            "evaluate-full",
            "report");
    assertThat(plan(Files.CONTRASTIVE).stage("report").spec().getReport().getRecommended())
        .as("the only checkpoint needs no choice")
        .hasFieldOrPropertyWithValue("stage", "train-full");
  }

  @Test
  void aBaseForContrastiveTrainingIsAPointAsItIs() {
    String json =
        Files.CONTRASTIVE.replace("\"new_model\": {\"clip\": {}}", "\"base\": \"models/b\"");
    EvaluateSpec evaluation = plan(json).stage("evaluate-base").spec().getEvaluate();
    assertThat(evaluation.getCandidates(0).getRecipe().getCheckpoint().getArtifact())
        .isEqualTo("sha256:models/b");
  }

  @Test
  void twoNamesOfOneDataSetArePreparedOnce() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    FixedCatalog catalog = FixedCatalog.of(spec);
    catalog.add("datasets/art-test", "sha256:datasets/photo-test", List.of("cat", "dog"));
    Plan plan = Planner.plan("", spec, catalog.resolution());
    assertThat(ids(plan)).contains("prepare-photo-test").doesNotContain("prepare-art-test");
  }

  @Test
  void aBigDataSetIsPreparedInSharesAndMerged() {
    ExperimentSpec spec = Files.parse(Files.SMALL);
    Resolution plain = FixedCatalog.of(spec).resolution();
    Plan plan =
        Planner.plan(
            "",
            spec,
            new Resolution(
                plain.digests(), plain.formats(), Map.of(), Map.of("datasets/photo-train", 3)));
    PlannedStage merged = plan.stage("prepare-photo-train");
    assertThat(merged.needs())
        .containsExactlyInAnyOrder(
            "prepare-photo-train-share-0",
            "prepare-photo-train-share-1",
            "prepare-photo-train-share-2");
    assertThat(merged.spec().getPrepare().hasSource()).isFalse();
    assertThat(merged.spec().getPrepare().getMaxQuarantinedFraction()).isEqualTo(0.05);
    var share = plan.stage("prepare-photo-train-share-1").spec().getPrepare();
    assertThat(share.getShare().getIndex()).isEqualTo(1);
    assertThat(share.getShare().getCount()).isEqualTo(3);
    assertThat(share.getMaxQuarantinedFraction()).as("asked of all of it").isZero();
    assertThat(ids(plan)).hasSize(ids(plan(Files.SMALL)).size() + 3);
  }

  @Test
  void idsNameOnlyWhatVaries() {
    String grid = Files.SMALL.replace("[1e-5]", "[1e-5, 3e-5]").replace("[0, 1]", "[7]");
    assertThat(ids(plan(grid)))
        .contains("train-full-lr1e-5", "train-l2-lambda0.1-lr3e-5", "train-ewc-lr1e-5")
        .doesNotContain("train-full");
  }

  @Test
  void theReferenceIsFullFineTuning() {
    Study study = plan(Files.SMALL).stage("report").spec().getReport().getStudy();
    assertThat(study.getReference()).isEqualTo("full");
    assertThat(study.getPointsList()).extracting(Study.Point::getLabel).contains("full α=0.5");
  }

  @Test
  void alphaWeightsTheFineTunedModel() {
    EvaluateSpec evaluation = plan(Files.SMALL).stage("evaluate-full-seed0").spec().getEvaluate();
    assertThat(evaluation.getCandidatesList())
        .extracting(EvaluateSpec.Candidate::getId)
        .containsExactly(
            "full-seed0", "full-seed0-alpha0", "full-seed0-alpha0.5", "full-seed0-alpha1");
    assertThat(evaluation.getCandidates(1).getRecipe().getCheckpoint().getStage())
        .isEqualTo("train-base");
    assertThat(evaluation.getCandidates(3).getRecipe().getCheckpoint().getStage())
        .isEqualTo("train-full-seed0");
  }

  @Test
  void theBaseIsTheSameWhateverIsHeldBack() {
    String less =
        Files.SMALL.replace("\"validation_fraction\": 0.1", "\"validation_fraction\": 0.2");
    assertThat(plan(less).stage("train-base").spec())
        .isEqualTo(plan(Files.SMALL).stage("train-base").spec());
  }

  @Test
  void classNamesFollowTheDataSetsOrder() {
    String json =
        Files.SMALL.replace(
            "\"validation_fraction\": 0.1",
            "\"classes\": [\"dog\", \"cat\"], \"class_names\": {\"dog\": \"hound\"}");
    var train = plan(json).stage("train-full-seed0").spec().getTrain().getClassification();
    assertThat(train.getClassNamesList()).containsExactly("cat", "hound");
    assertThat(train.getTrain().getPart()).isEqualTo(DatasetPart.Part.ALL);
  }

  @Test
  void classNamesNeedNoListOfTheClasses() {
    String json =
        Files.SMALL.replace(
            "\"validation_fraction\": 0.1",
            "\"class_names\": {\"owl\": \"bird\", \"dog\": \"hound\", \"cat\": \"tiger\"}");
    var train = plan(json).stage("train-full-seed0").spec().getTrain().getClassification();
    assertThat(train.getClassNamesList()).isEmpty();
    assertThat(train.getNamedList())
        .extracting(ClassName::getId, ClassName::getName)
        .containsExactly(tuple("cat", "tiger"), tuple("dog", "hound"), tuple("owl", "bird"));
  }

  @Test
  void theFilesDeviceIsThatOfEveryStageThatComputesWithTensors() {
    Plan onGpu = plan(Files.SMALL.replace("{\"base\"", "{\"device\": \"CUDA\", \"base\""));
    assertThat(onGpu.stages())
        .extracting(PlannedStage::spec)
        .filteredOn(spec -> spec.hasTrain() || spec.hasFisher() || spec.hasEvaluate())
        .hasSizeGreaterThan(8)
        .allMatch(spec -> spec.toString().contains("device: CUDA"));
  }

  @Test
  void aDeviceThatIsLeftToTheServicesIsNoPartOfAnyStage() {
    String auto = Files.SMALL.replace("{\"base\"", "{\"device\": \"AUTO\", \"base\"");
    assertThat(plan(auto)).isEqualTo(plan(Files.SMALL));
  }

  @Test
  void aNameWithoutADigestIsRefused() {
    assertThatThrownBy(
            () ->
                Planner.plan(
                    "", Files.parse(Files.SMALL), new Resolution(Map.of("a", "b"), Map.of())))
        .hasMessageContaining("datasets/photo-train was not resolved");
  }

  static Plan plan(String json) {
    ExperimentSpec spec = Files.parse(json);
    return Planner.plan("title", spec, FixedCatalog.of(spec).resolution());
  }

  private static List<String> ids(Plan plan) {
    return plan.stages().stream().map(PlannedStage::id).toList();
  }

  private static String resource(String name) throws IOException {
    try (var in = PlannerTest.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
