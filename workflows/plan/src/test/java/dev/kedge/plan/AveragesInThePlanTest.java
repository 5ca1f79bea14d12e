package dev.kedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.stage.v1.AdaptSpec;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.SoupSpec;
import dev.kedge.stage.v1.Study;
import dev.kedge.v1.Average;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragesInThePlanTest {
  private static final String EVERY =
      """
      {"id": "wise", "wise_ft": {"alphas": [0.5]}, "of": ["full"]},
      {"id": "soup", "uniform_soup": {}, "of": ["l2"]},
      {"id": "depth", "lines": {"first": [0, 0.25]}, "of": ["full"]},
      {"id": "blocks", "blockwise": {"ratios": [0.25, 0.75], "head": 0.5}, "of": ["full"]},
      {"id": "arc", "slerp": {"t": [0.5]}, "of": ["full"]},
      {"id": "tasks", "task_arithmetic": {"lambda": [0.5, 1.5]}, "of": ["full", "l2"]},
      {"id": "ties", "ties": {"density": [0.2], "trim": "GLOBAL"}, "of": ["l2"]},
      {"id": "dare", "dare": {"density": [0.2, 0.5], "lambda": [1, 2], "seed": 7}, "of": ["l2"]},
      {"id": "stock", "model_stock": {}, "of": ["l2"]},
      {"id": "greedy", "greedy_soup": {}, "of": ["l2"]},
      {"id": "ama", "adaptive": {"rho": [0.3, 0.5], "blocks": 2}, "of": ["full"]},
      {"id": "informed", "fisher": {"alpha": [0.25, 0.75], "calibration": "datasets/sample"},
        "of": ["full"]},
      {"id": "informed-soup", "fisher_soup": {"samples": 50, "floor": 1e-4}, "of": ["full"]},
      {"id": "given", "linear": {"weights": {"base": -1, "full-seed1": 3}}, "of": ["full"]},
      {"id": "mlps", "wise_ft": {"alphas": [0.5, 1]}, "include": ["*.mlp.*"],
        "exclude": ["*.0.*"], "otherwise": "BASE", "of": ["full"]}
      """;

  @Test
  void everyAverageIsInThisTestInTheDocumentsAndHasPoints() throws IOException {
    String methods = java.nio.file.Files.readString(Path.of("../../docs/methods.md"));
    String file = java.nio.file.Files.readString(Path.of("../../docs/experiment-file.md"));
    List<String> ways =
        Average.getDescriptor().getOneofs().get(0).getFields().stream()
            .map(field -> field.getName())
            .toList();

    assertThat(Averaging.ALL).extracting(Averaging::name).containsExactlyInAnyOrderElementsOf(ways);
    assertThat(ways)
        .allSatisfy(
            way -> {
              assertThat(EVERY).contains("\"" + way + "\"");
              assertThat(file).contains(way + ": {");
              assertThat(methods).contains("**`" + way + "`**");
            });
    assertThat(ExperimentRules.check(spec(EVERY), FixedCatalog.of(spec(EVERY)))).isEmpty();
  }

  @Test
  void labelsNameTheAverageAndWhatVaries() {
    Study study = study(EVERY);

    assertThat(study.getPointsList())
        .filteredOn(point -> !point.getAverage().isEmpty())
        .extracting(Study.Point::getLabel)
        .containsOnly(
            "full α=0.5",
            "l2 soup",
            "full depth first=0",
            "full depth first=0.25",
            "full blocks",
            "full arc",
            "full tasks λ=0.5",
            "full tasks λ=1.5",
            "l2 tasks λ=0.5",
            "l2 tasks λ=1.5",
            "l2 ties",
            "l2 dare density=0.2 λ=1",
            "l2 dare density=0.2 λ=2",
            "l2 dare density=0.5 λ=1",
            "l2 dare density=0.5 λ=2",
            "l2 stock",
            "l2 greedy",
            "full ama ρ=0.3",
            "full ama ρ=0.5",
            "full informed α=0.25",
            "full informed α=0.75",
            "full informed-soup",
            "full given",
            "full mlps α=0.5",
            "full mlps α=1");
    assertThat(study.getPointsList()).extracting(Study.Point::getCandidate).doesNotHaveDuplicates();
    assertThat(study.getPointsCount()).isEqualTo((int) Runs.points(spec(EVERY)));
  }

  @Test
  void aPointOfARunHasItsSeedAndIsMeasuredBesideIt() {
    Plan plan = plan(EVERY);
    EvaluateSpec beside = plan.stage("evaluate-full-seed0").spec().getEvaluate();

    assertThat(beside.getCandidatesList())
        .extracting(EvaluateSpec.Candidate::getId)
        .containsExactly(
            "full-seed0",
            "full-seed0-alpha0.5",
            "full-seed0-depth-first0",
            "full-seed0-depth-first0.25",
            "full-seed0-blocks",
            "full-seed0-arc",
            "full-seed0-mlps-alpha0.5",
            "full-seed0-mlps-alpha1");
    assertThat(point("full depth first=0.25").hasSeed()).isTrue();
    assertThat(point("l2 stock").hasSeed()).isFalse();
    assertThat(point("l2 stock").getTrainingCount()).isEqualTo(4);
  }

  @Test
  void whatTheFileLeavesOutIsFilledIn() {
    Recipe.Lines lines = point("full depth first=0.25").getRecipe().getLines();
    assertThat(List.of(lines.getFirst(), lines.getLast())).containsExactly(0.25, 1.0);

    Recipe.Blockwise blocks = point("full blocks").getRecipe().getBlockwise();
    assertThat(List.of(blocks.getEmbeddings(), blocks.getNorm(), blocks.getHead()))
        .containsExactly(0.25, 0.75, 0.5);

    Recipe.Ties ties = point("l2 ties").getRecipe().getTies();
    assertThat(ties.getTrim()).isEqualTo(Recipe.Ties.Trim.GLOBAL);
    assertThat(ties.getLambda()).isEqualTo(1);
    assertThat(ties.getTermsList()).hasSize(4).allMatch(term -> term.getDensity() == 0.2);

    Recipe.Dare dare = point("l2 dare density=0.5 λ=2").getRecipe().getDare();
    assertThat(dare.getSeed()).isEqualTo(7);
    assertThat(dare.getRescale()).isEqualTo(Recipe.Dare.Rescale.DENSITY);
  }

  /** Each row is one average, and where it is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'lines': {} | lines.first",
        "'lines': {'first': [0.1], 'last': [2]} | lines.last[0]",
        "'blockwise': {} | blockwise.ratios",
        "'blockwise': {'ratios': [0.5, -1]} | blockwise.ratios[1]",
        "'blockwise': {'ratios': [0.5], 'norm': 7} | blockwise.norm",
        "'slerp': {'t': [0.5, 0.5]} | slerp.t[1]",
        "'task_arithmetic': {'lambda': [-1]} | task_arithmetic.lambda[0]",
        "'ties': {} | ties.density",
        "'ties': {'density': [0]} | ties.density[0]",
        "'dare': {'density': [1.5]} | dare.density[0]",
        "'adaptive': {} | adaptive.rho",
        "'adaptive': {'rho': [1]} | adaptive.rho[0]",
        "'adaptive': {'rho': [0.5], 'blocks': 0} | adaptive.blocks",
        "'adaptive': {'rho': [0.5], 'passes': 0} | adaptive.passes",
        "'adaptive': {'rho': [0.5], 'learning_rate': 0} | adaptive.learning_rate",
        "'fisher': {'calibration': 'datasets/sample'} | fisher.alpha",
        "'fisher': {'alpha': [1], 'calibration': 'datasets/sample'} | fisher.alpha[0]",
        "'fisher': {'alpha': [0.5]} | fisher.calibration",
        "'fisher': {'alpha': [0.5], 'calibration': 'datasets/sample', 'floor': 0} | fisher.floor",
        "'fisher_soup': {'samples': -1} | fisher_soup.samples",
        "'fisher_soup': {'samples': 4, 'shards': 5} | fisher_soup.shards",
        "'linear': {'weights': {'full-seed0': 1, 'full-seed7': 1}} | linear.weights.full-seed7",
        "'linear': {'weights': {'full-seed0': 1, 'base': -1}} | linear.weights",
        "'linear': {'weights': {'base': 1}} | of[0]",
        "'model_stock': {}, 'otherwise': 'BASE' | otherwise",
        "'greedy_soup': {}, 'include': ['*.mlp.*'] | greedy_soup",
      },
      quoteCharacter = '~')
  void aMistakeIsFoundAtItsPlace(String average, String path) {
    assertThat(problems(average, "full")).containsExactly("averages[0]." + path);
  }

  @Test
  void aSoupIsSearchedForAmongAllRunsOfItsMethodOnSelectDataAlone() {
    Plan plan = plan(EVERY);
    SoupSpec soup = plan.stage("soup-l2-greedy").spec().getSoup();

    assertThat(soup.getCandidatesList())
        .extracting(candidate -> candidate.getRecipe().getCheckpoint().getStage())
        .containsExactlyElementsOf(
            soup.getCandidatesList().stream().map(EvaluateSpec.Candidate::getId).toList())
        .hasSize(4)
        .allMatch(stage -> stage.startsWith("train-l2-"));
    assertThat(soup.getSuitesList())
        .extracting(EvaluateSpec.Suite::getId)
        .containsExactly("validation");
    Study.Point point = point("l2 greedy");
    assertThat(point.getRecipe().getFound().getStage()).isEqualTo("soup-l2-greedy");
    assertThat(point.getTrainingList())
        .extracting(Producer::getStage)
        .hasSize(5)
        .contains("soup-l2-greedy");
  }

  @Test
  void ratiosAreLearntFromTheValidationPartForEachRunAndEachRho() {
    Plan plan = plan(EVERY);
    AdaptSpec adapt = plan.stage("adapt-full-seed1-ama-rho0.5").spec().getAdapt();

    assertThat(adapt.getBase().getStage()).isEqualTo("train-base");
    assertThat(adapt.getTuned().getStage()).isEqualTo("train-full-seed1");
    assertThat(adapt.getClassification().getTrain().getPart())
        .isEqualTo(DatasetPart.Part.VALIDATION);
    assertThat(adapt.getRho()).isEqualTo(0.5);
    assertThat(adapt.getBlocks()).isEqualTo(2);
    assertThat(adapt.getOptimisation().getEpochs()).isEqualTo(5);
    assertThat(adapt.getOptimisation().getLearningRate()).isEqualTo(0.1);
    assertThat(plan.stages().size())
        .isLessThanOrEqualTo((int) Runs.stages(spec(EVERY), FixedCatalog.of(spec(EVERY))));
  }

  @Test
  void aSkippedSearchLeavesItsRunAndTheOtherAveragesInTheReport() {
    Plan plan = plan(EVERY);
    Set<String> skipped =
        Set.of("adapt-full-seed0-ama-rho0.5", "evaluate-full-seed0-ama-rho0.5", "select");
    Map<String, Finished> finished =
        plan.stages().stream()
            .map(PlannedStage::id)
            .filter(id -> !skipped.contains(id))
            .collect(Collectors.toMap(id -> id, id -> new Finished(id, "sha256:" + id)));
    PlanState planState =
        new PlanState(finished, Set.of("adapt-full-seed0-ama-rho0.5", "select"), Map.of());

    assertThat(planState.isLost(plan.stage("evaluate-full-seed0-ama-rho0.5"))).isTrue();
    assertThat(planState.isLost(plan.stage("evaluate-full-seed0-ama-rho0.3"))).isFalse();
    assertThat(planState.isLost(plan.stage("evaluate-full-seed0"))).isFalse();
    Study left =
        new PlanState(finished, skipped, Map.of())
            .resolve(plan.stage("report"))
            .getReport()
            .getStudy();
    assertThat(left.getPointsList())
        .extracting(Study.Point::getCandidate)
        .contains("full-seed0", "full-seed0-alpha0.5", "full-seed0-ama-rho0.3")
        .doesNotContain("full-seed0-ama-rho0.5")
        .hasSize(study(EVERY).getPointsCount() - 1);
  }

  @Test
  void informationOfTheBaseIsOfTheOldDataAndThatOfARunOfWhatItHasLearnt() {
    Plan plan = plan(EVERY);
    FisherSpec base = plan.stage("fisher-sample").spec().getFisher();
    FisherSpec run = plan.stage("fisher-full-seed1").spec().getFisher();
    Recipe.FisherMean mean = point("full informed α=0.25").getRecipe().getFisher();

    assertThat(base.getCheckpoint().getStage()).isEqualTo("train-base");
    assertThat(base.getData().getDataset().getStage()).isEqualTo("prepare-sample");
    assertThat(run.getCheckpoint().getStage()).isEqualTo("train-full-seed1");
    assertThat(run.getData().getPart()).isEqualTo(DatasetPart.Part.TRAINING);
    assertThat(run.getMode()).isEqualTo(FisherSpec.Mode.EXPECTED);
    assertThat(mean.getTermsList())
        .extracting(term -> term.getFisher().getStage() + " " + term.getWeight())
        .containsExactly("fisher-sample 0.75", "fisher-full-seed0 0.25");
    assertThat(mean.getNormalise()).isEqualTo(Recipe.FisherMean.Normalise.MEAN_ONE);
    assertThat(mean.getFloor()).isEqualTo(1e-6);
  }

  @Test
  void aSoupByInformationIsOfAllRuns() {
    Recipe.FisherMean soup = point("full informed-soup").getRecipe().getFisher();

    assertThat(soup.getTermsList()).hasSize(2).allMatch(term -> term.getWeight() == 1);
    assertThat(soup.getFloor()).isEqualTo(1e-4);
    String stage = soup.getTerms(1).getFisher().getStage();
    assertThat(plan(EVERY).stage(stage).spec().getFisher().getSamples()).isEqualTo(50);
  }

  /** The method `ewc` of the file needs the same. */
  @Test
  void theSameInformationIsTakenOnce() {
    assertThat(plan(EVERY).stages())
        .extracting(PlannedStage::id)
        .filteredOn(id -> id.startsWith("fisher-sample"))
        .containsExactly("fisher-sample");
  }

  /** A failed information must not take the run's own measurements with it. */
  @Test
  void whatNeedsInformationIsMeasuredByItself() {
    Plan plan = plan(EVERY);

    assertThat(plan.stage("evaluate-full-seed0").needs()).doesNotContain("fisher-sample");
    assertThat(plan.stage("evaluate-full-seed0-informed-alpha0.25").needs())
        .contains("fisher-sample", "fisher-full-seed0");
    assertThat(point("full informed α=0.25").getTrainingList())
        .extracting(Producer::getStage)
        .containsExactly("train-full-seed0", "fisher-sample", "fisher-full-seed0");
  }

  @Test
  void aMeanByGivenWeightsIsOfTheRunsThatAreNamed() {
    Study.Point point = point("full given");

    assertThat(point.getRecipe().getLinear().getNormalise()).isTrue();
    assertThat(point.getRecipe().getLinear().getTermsList())
        .extracting(term -> term.getRecipe().getCheckpoint().getStage() + " " + term.getWeight())
        .containsExactly("train-base -1.0", "train-full-seed1 3.0");
    assertThat(point.getTrainingList())
        .extracting(Producer::getStage)
        .containsExactly("train-full-seed1");
  }

  @Test
  void anAverageOfSomeTensorsTakesTheOthersFromOneSide() {
    Recipe.ByName some = point("full mlps α=0.5").getRecipe().getByName();

    assertThat(some.getRules(0).getIncludeList()).containsExactly("*.mlp.*");
    assertThat(some.getRules(0).getExcludeList()).containsExactly("*.0.*");
    assertThat(some.getRules(0).getRecipe().getWiseFt().getAlpha()).isEqualTo(0.5);
    assertThat(some.getOtherwise().getCheckpoint().getStage()).isEqualTo("train-base");
    assertThat(point("full mlps α=0.5").hasAlpha()).isFalse();

    String tuned = EVERY.replace("\"otherwise\": \"BASE\", ", "");
    assertThat(point(study(tuned), "full mlps α=1").getRecipe().getCheckpoint().getStage())
        .isEqualTo("train-full-seed0");
  }

  @Test
  void howManyBlocksThereAreIsLeftToTheModelUnlessTheFileSaysIt() {
    Plan plan = plan(EVERY.replace(", \"blocks\": 2", ""));

    assertThat(plan.stage("adapt-full-seed1-ama-rho0.5").spec().getAdapt().hasBlocks()).isFalse();
  }

  @Test
  void aSearchForRatiosIsToldWhichTensorsItMixes() {
    String some = EVERY.replace("\"blocks\": 2}", "\"blocks\": 2}, \"include\": [\"*.mlp.*\"]");
    AdaptSpec adapt = plan(some).stage("adapt-full-seed1-ama-rho0.5").spec().getAdapt();

    assertThat(adapt.getIncludeList()).containsExactly("*.mlp.*");
    assertThat(adapt.getOtherwise()).isEqualTo(Recipe.Blockwise.Side.TUNED);
    assertThat(point(study(some), "full ama ρ=0.5").getRecipe().hasFound()).isTrue();
    assertThat(plan(EVERY).stage("adapt-full-seed1-ama-rho0.5").spec().getAdapt().getOtherwise())
        .as("no part of the key where all are mixed")
        .isEqualTo(Recipe.Blockwise.Side.SIDE_UNSPECIFIED);
  }

  @Test
  void searchesNeedDataToChooseBy() {
    String searches =
        """
        {"id": "greedy", "greedy_soup": {}, "of": ["l2"]},
        {"id": "ama", "adaptive": {"rho": [0.3]}, "of": ["full"]}
        """;
    ExperimentSpec.Builder blind = spec(searches).toBuilder();
    blind.getTaskBuilder().getImageClassificationBuilder().clearValidationFraction();
    blind.getEvaluationsBuilderList().forEach(one -> one.setUse(Evaluation.Use.REPORT));

    assertThat(ExperimentRules.check(blind.build(), FixedCatalog.of(blind.build())))
        .extracting(Problem::path)
        .contains("averages[0].greedy_soup", "averages[1].adaptive");
  }

  @Test
  void aStockOfOneRunIsRefused() {
    ExperimentSpec.Builder oneSeed =
        spec("{\"id\": \"x\", \"model_stock\": {}, \"of\": [\"full\", \"l2\"]}").toBuilder();
    oneSeed.getTrainingBuilder().clearSeeds();

    assertThat(ExperimentRules.check(oneSeed.build(), FixedCatalog.of(oneSeed.build())))
        .extracting(Problem::toString)
        .containsExactly(
            "averages[0].of[0]: `full` has one run, a model stock needs at least two: give it more"
                + " seeds or a grid");
  }

  private static List<String> problems(String average, String of) {
    ExperimentSpec spec =
        spec("{\"id\": \"x\", %s, \"of\": [\"%s\"]}".formatted(average.replace('\'', '"'), of));
    return ExperimentRules.check(spec, FixedCatalog.of(spec)).stream().map(Problem::path).toList();
  }

  private static Study.Point point(String label) {
    return point(study(EVERY), label);
  }

  private static Study.Point point(Study study, String label) {
    return study.getPointsList().stream()
        .filter(point -> point.getLabel().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private static Study study(String averages) {
    return plan(averages).stage("report").spec().getReport().getStudy();
  }

  private static Plan plan(String averages) {
    ExperimentSpec spec = spec(averages);
    return Planner.plan("", spec, FixedCatalog.of(spec).resolution());
  }

  private static ExperimentSpec spec(String averages) {
    String json =
        Files.SMALL.replaceFirst(
            "(?s)\"averages\": \\[.*?\\]\\}\\],", "\"averages\": [" + averages + "],");
    return Files.parse(json);
  }
}
