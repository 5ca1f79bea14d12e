package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.TextFormat;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Study;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.v1.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stages are told of the methods in a file. */
class MethodsInThePlanTest {
  @ParameterizedTest
  @MethodSource("methods")
  void aMethodReachesItsStageWithItsDefaults(String inFile, String inStage)
      throws TextFormat.ParseException {
    assertThat(train(inFile, "train-m").getMethod())
        .isEqualTo(TextFormat.parse(inStage, MethodSpec.class));
  }

  @Test
  void whatARunNeededIsAPartOfItsCost() {
    String ewc = "'ewc': {'lambda': [1], 'calibration': 'datasets/sample'}";
    assertThat(needed(ewc))
        .containsExactly(
            entry("train-m", List.of("fisher-sample")),
            entry("fisher-sample", List.of("train-base")));
    assertThat(needed("'full': {}")).isEmpty();
  }

  @Test
  void whatRunsNeededIsToldOnceHoweverManyThereAre() {
    String ewc = "'ewc': {'lambda': [1, 2, 3], 'calibration': 'datasets/sample', 'shards': 8}";
    Map<String, List<String>> needed = needed(ewc);
    assertThat(needed.get("train-m-lambda3")).isEqualTo(needed.get("train-m-lambda1")).hasSize(1);
    assertThat(needed.get(needed.get("train-m-lambda1").get(0))).hasSize(8);
    assertThat(needed).hasSize(3 + 1 + 8);
    assertThat(plan(ewc).stage("select").spec().getSelect().getStudy().getNeededList()).isEmpty();
  }

  private static Map<String, List<String>> needed(String method) {
    return plan(method).stage("report").spec().getReport().getStudy().getNeededList().stream()
        .collect(
            Collectors.toMap(
                needed -> needed.getOf().getStage(),
                needed -> needed.getNeedsList().stream().map(Producer::getStage).toList(),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  static Stream<Arguments> methods() {
    String validation =
        "{dataset {stage: 'prepare-photo-train'} part: VALIDATION validation_fraction: 0.1}";
    String sample = "{dataset {stage: 'prepare-sample'} part: ALL}";
    return Stream.of(
        arguments("'full': {}", "full {}"),
        arguments("'full': {}, 'ema': {'decay': [0.5]}", "ema {decay: 0.5}"),
        arguments("'lp': {}", "lp {}"),
        arguments("'lp_ft': {}", "lp_ft {}"),
        arguments(
            "'lp_ft': {'learning_rate': [0.1], 'epochs': 3}",
            "lp_ft {learning_rate: 0.1 epochs: 3}"),
        arguments("'flyp': {}", "flyp {}"),
        arguments(
            "'l2': {'lambda': [1], 'exclude_head': true}", "l2 {lambda: 1 exclude_head: true}"),
        arguments("'l1': {'lambda': [1]}", "l1 {lambda: 1}"),
        arguments("'l2_decoupled': {'lambda': [1]}", "l2_decoupled {lambda: 1}"),
        arguments(
            "'ewc': {'lambda': [1], 'calibration': 'datasets/sample', 'normalise': 'MEAN_ONE'}",
            "ewc {lambda: 1 normalise: MEAN_ONE fisher {stage: 'fisher-sample'}}"),
        arguments("'kd_features': {'lambda': [1]}", "kd_features {lambda: 1}"),
        arguments("'kd_logits': {'lambda': [1]}", "kd_logits {lambda: 1 temperature: 1}"),
        arguments("'ldifs': {'lambda': [1]}", "ldifs {lambda: 1}"),
        arguments(
            "'lora': {'rank': [8]}",
            "lora {rank: 8 alpha: 16 targets: ['q_proj', 'v_proj'] train_head: true}"),
        arguments(
            "'lora': {'rank': [8], 'alpha': [4], 'targets': ['fc1'], 'train_head': false}",
            "lora {rank: 8 alpha: 4 targets: 'fc1'}"),
        arguments(
            "'replay': {'fraction': [0.25], 'calibration': 'datasets/sample'}",
            "replay {fraction: 0.25 data " + sample + "}"),
        arguments("'early_stop': {}", "early_stop {patience: 3 validation " + validation + "}"),
        arguments("'ema': {'decay': [0.99]}", "ema {decay: 0.99}"),
        arguments(
            "'lora': {'rank': [2]}, 'kd_logits': {'lambda': [1], 'temperature': [2]}",
            "kd_logits {lambda: 1 temperature: 2}"
                + "lora {rank: 2 alpha: 4 targets: ['q_proj', 'v_proj'] train_head: true}"));
  }

  @Test
  void theGridOfACompositionIsTheProduct() {
    Plan plan = plan("'lora': {'rank': [4, 8]}, 'kd_logits': {'lambda': [0.1, 1]}");
    assertThat(labels(plan))
        .contains("m λ=0.1 r=4", "m λ=0.1 r=8", "m λ=1 r=4", "m λ=1 r=8")
        .hasSize(5);
  }

  @Test
  void twoGridsOfTheSameNameAreToldApart() {
    Plan plan = plan("'l2': {'lambda': [1, 2]}, 'kd_logits': {'lambda': [3, 4]}");
    assertThat(labels(plan)).contains("m l2.λ=1 kd_logits.λ=4");
    assertThat(ids(plan)).contains("train-m-l2-lambda1-kd-logits-lambda4");
  }

  @Test
  void aProbesOwnLearningRatesTakeThePlaceOfTheFiles() {
    Plan plan = plan("'lp': {'learning_rate': [0.1, 0.2], 'epochs': 7}");
    assertThat(ids(plan)).contains("train-m-lr0.1", "train-m-lr0.2").doesNotContain("train-m");
    TrainSpec train = plan.stage("train-m-lr0.2").spec().getTrain();
    assertThat(train.getOptimisation().getLearningRate()).isEqualTo(0.2);
    assertThat(train.getOptimisation().getEpochs()).isEqualTo(7);
  }

  @Test
  void aRelativeLambdaIsMeasuredByTheFullRunOfTheSameRateAndSeed() {
    String json =
        file("'l2': {'lambda': [1], 'relative': true}}, {'id': 'whole', 'full': {}")
            .replace("[1e-5]", "[1e-5, 3e-5]")
            .replace("[0]", "[5, 6]");
    Plan plan = PlannerTest.plan(json);
    PlannedStage train = plan.stage("train-m-lr3e-5-seed6");
    assertThat(train.spec().getTrain().getMethod().getL2().getRelativeTo().getStage())
        .isEqualTo("train-whole-lr3e-5-seed6");
    assertThat(train.needs()).contains("train-whole-lr3e-5-seed6");
  }

  @Test
  void featuresAreComputedOnceForEveryLambdaAndMethodOfASeed() {
    String json =
        file("'kd_logits': {'lambda': [1, 2]}}, {'id': 'k', 'kd_features': {'lambda': [1]}},"
                + " {'id': 'p', 'lp': {}}, {'id': 'r', 'ldifs': {'lambda': [1]},"
                + " 'kd_logits': {'lambda': [1]}")
            .replace("[0]", "[5, 6], \"augmentation\": {\"flip\": true}");
    Plan plan = PlannerTest.plan(json);
    assertThat(ids(plan).stream().filter(id -> id.startsWith("features")))
        .containsExactly("features-seed5", "features-seed6", "features");
    assertThat(plan.stage("train-m-lambda2-seed6").needs()).contains("features-seed6");
    assertThat(plan.stage("train-k-seed5").needs()).contains("features-seed5");
    assertThat(plan.stage("train-p-seed6").needs()).contains("features");
    assertThat(plan.stage("train-r-seed5").needs()).noneMatch(id -> id.startsWith("features"));
  }

  @Test
  void picturesThatAreNotChangedHaveTheSameFeaturesForAllSeeds() {
    String json =
        file("'kd_logits': {'lambda': [1]}}, {'id': 'p', 'lp': {}").replace("[0]", "[5, 6]");
    assertThat(ids(PlannerTest.plan(json)).stream().filter(id -> id.startsWith("features")))
        .containsExactly("features");
  }

  @Test
  void theInformationOfAClassifierIsExpectedUnlessTheFileSaysEmpirical() {
    String ewc = "'ewc': {'lambda': [1], 'calibration': 'datasets/sample'}";
    assertThat(plan(ewc).stage("fisher-sample").spec().getFisher().getMode())
        .isEqualTo(FisherSpec.Mode.EXPECTED);
    String empirical = ewc.replace("}", ", 'mode': 'EMPIRICAL'}");
    assertThat(plan(empirical).stage("fisher-sample").spec().getFisher().getMode())
        .as("as in older plans")
        .isEqualTo(FisherSpec.Mode.MODE_UNSPECIFIED);
  }

  @Test
  void labelsAreDrawnOnceUnlessTheFileSaysHowOften() {
    String ewc = "'ewc': {'lambda': [1], 'calibration': 'datasets/sample', 'mode': 'SAMPLED'}";
    assertThat(fisher(ewc).getDraws()).isEqualTo(1);
    assertThat(fisher(ewc.replace("}", ", 'draws': 4}")))
        .returns(FisherSpec.Mode.SAMPLED, FisherSpec::getMode)
        .returns(4, FisherSpec::getDraws);
  }

  @Test
  void captionsStandInTheHeadsPlace() {
    String ewc =
        "'ewc': {'lambda': [1], 'calibration': 'datasets/sample', 'captions': ['a {}', 'the {}']}";
    assertThat(fisher(ewc))
        .returns(FisherSpec.Mode.EXPECTED, FisherSpec::getMode)
        .extracting(spec -> spec.getCaptions().getTemplatesList())
        .isEqualTo(List.of("a {}", "the {}"));
  }

  /** As a caller of the stage API would share it out. */
  @Test
  void shardsAreAStageEachAndOneThatPutsThemTogether() {
    String ewc = "'ewc': {'lambda': [1], 'calibration': 'datasets/sample', 'samples': 7%s}";
    Plan plan = plan(ewc.formatted(", 'shards': 3"));
    FisherSpec whole = fisher(ewc.formatted(""));

    for (int i = 0; i < 3; i++) {
      FisherSpec.Shard shard = FisherSpec.Shard.newBuilder().setIndex(i).setCount(3).build();
      assertThat(plan.stage("fisher-sample-shard" + i).spec().getFisher())
          .isEqualTo(whole.toBuilder().setShard(shard).build());
    }
    FisherSpec merge = plan.stage("fisher-sample").spec().getFisher();
    assertThat(merge.toBuilder().clearMerge().build()).isEqualTo(FisherSpec.getDefaultInstance());
    assertThat(merge.getMergeList())
        .extracting(Input::getStage)
        .containsExactly("fisher-sample-shard0", "fisher-sample-shard1", "fisher-sample-shard2");
    assertThat(plan.stage("train-m").needs()).contains("fisher-sample");
    assertThat(plan.stage("report").spec().getReport().getImportances(0).getLabel())
        .isEqualTo("fisher-sample: all labels, each by its probability");
  }

  private static FisherSpec fisher(String ewc) {
    return plan(ewc).stage("fisher-sample").spec().getFisher();
  }

  @Test
  void everyMethodIsDescribedForPeople() throws IOException {
    String described = java.nio.file.Files.readString(Path.of("../../docs/methods.md"));
    for (MethodPart part : MethodParts.ALL) {
      assertThat(described).contains("**`" + part.name() + "`**").contains(part.name() + ": {");
    }
  }

  @Test
  void everyMethodOfTheContractIsKnown() {
    assertThat(MethodParts.ALL)
        .extracting(MethodPart::name)
        .containsExactlyInAnyOrderElementsOf(
            Method.getDescriptor().getFields().stream()
                .map(FieldDescriptor::getName)
                .filter(name -> !name.equals("id"))
                .toList());
  }

  private static TrainSpec train(String method, String stage) {
    return plan(method).stage(stage).spec().getTrain();
  }

  private static Plan plan(String method) {
    return PlannerTest.plan(file(method));
  }

  private static String file(String method) {
    return """
        {'base': 'models/b',
         'task': {'image_classification': {
            'train': 'datasets/photo-train', 'validation_fraction': 0.1}},
         'training': {'epochs': 2, 'learning_rate': [1e-5], 'seeds': [0]},
         'methods': [{'id': 'm', %s}],
         'evaluations': [
           {'id': 'photo', 'dataset': 'datasets/photo-test', 'role': 'SPECIALITY'}]}
        """
        .formatted(method)
        .replace('\'', '"');
  }

  private static List<String> ids(Plan plan) {
    return plan.stages().stream().map(PlannedStage::id).toList();
  }

  private static List<String> labels(Plan plan) {
    Study study = plan.stage("report").spec().getReport().getStudy();
    return study.getPointsList().stream().map(Study.Point::getLabel).toList();
  }
}
